// The profile by which an iPhone takes the authority: a property list in XML around the certificate. Its ids follow from the
// certificate, so that installing it again replaces the profile and never doubles it. Pure.
import { createHash, X509Certificate } from 'node:crypto';

/** `cert`: PEM; `name`: as the phone lists it. */
export function mobileconfig({ cert, name }: { cert: string; name: string }): string {
  const { raw, fingerprint256 } = new X509Certificate(cert);
  const id = `local.porchlight.authority.${fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase()}`;
  const title = escaped(name);
  const payload = (part: string, type: string) => `
    <key>PayloadType</key>
    <string>${type}</string>
    <key>PayloadVersion</key>
    <integer>1</integer>
    <key>PayloadIdentifier</key>
    <string>${part}</string>
    <key>PayloadUUID</key>
    <string>${uuidOf(`${part} ${fingerprint256}`)}</string>
    <key>PayloadDisplayName</key>
    <string>${title}</string>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
  <dict>${payload(id, 'Configuration')}
    <key>PayloadDescription</key>
    <string>Lets this device trust Porchlight on your computer. It can vouch for addresses of private networks only.</string>
    <key>PayloadOrganization</key>
    <string>Porchlight</string>
    <key>PayloadContent</key>
    <array>
      <dict>${payload(`${id}.certificate`, 'com.apple.security.root')}
        <key>PayloadCertificateFileName</key>
        <string>porchlight-ca.cer</string>
        <key>PayloadContent</key>
        <data>
${raw.toString('base64').replaceAll(/.{64}/g, '$&\n')}
        </data>
      </dict>
    </array>
  </dict>
</plist>
`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replaceAll(/[&<>]/g, (character) => entities[character] ?? '');
}

/** Of version 8, whose bits are the maker's own. */
function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`];
  return [...parts, hash.slice(20, 32)].join('-').toUpperCase();
}
