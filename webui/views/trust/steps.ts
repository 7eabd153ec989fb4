// What to do on each kind of device so that it trusts the computer, and what its screen looks like then. Words only.
import type { DeviceKind } from './device-kind.ts';

/** A screen of the device's own, drawn in outline. `tap`: what the finger goes for. */
export interface Picture {
  readonly title: string;
  readonly rows: readonly {
    readonly label: string;
    readonly tap?: true;
    /** A switch that is on. */
    readonly isOn?: true;
  }[];
}

export interface Step {
  readonly words: string;
  /** Where the file is, at the step that fetches it. */
  readonly download?: { readonly href: string; readonly label: string };
  readonly picture?: Picture;
}

export const profilePath = '/trust/porchlight.mobileconfig';
export const certificatePath = '/trust/porchlight-ca.crt';

const fetchCertificate = { href: certificatePath, label: 'Download the certificate' };

/** `name`: of the authority, as the device lists it. */
export function stepsFor(kind: DeviceKind, name: string): readonly Step[] {
  switch (kind) {
    case 'iphone':
      return [
        {
          words: 'Download the profile. Safari asks whether it may: tap “Allow”.',
          download: { href: profilePath, label: 'Download the profile' },
          picture: {
            title: 'This website is trying to download a configuration profile.',
            rows: [{ label: 'Ignore' }, { label: 'Allow', tap: true }],
          },
        },
        {
          words: 'Open Settings. Tap “Profile Downloaded” near the top, then “Install”.',
          picture: {
            title: 'Settings',
            rows: [{ label: 'Profile Downloaded', tap: true }, { label: 'Wi-Fi' }, { label: 'General' }],
          },
        },
        {
          words: 'In Settings go to General, About, Certificate Trust Settings. Switch the certificate on.',
          picture: { title: 'Certificate Trust Settings', rows: [{ label: name, isOn: true, tap: true }] },
        },
      ];
    case 'android':
      return [
        {
          words: 'Download the certificate. The phone may say that it cannot be opened: leave it.',
          download: fetchCertificate,
        },
        {
          words:
            'Open Settings and search there for “CA certificate”. It is under Security, Encryption & credentials, Install a certificate.',
          picture: {
            title: 'Install a certificate',
            rows: [{ label: 'CA certificate', tap: true }, { label: 'VPN & app user certificate' }],
          },
        },
        {
          words:
            'Tap “Install anyway” and choose porchlight-ca.crt. The phone needs a screen lock for this, and will say that the network may be monitored.',
          picture: {
            title: 'Downloads',
            rows: [{ label: 'porchlight-ca.crt', tap: true }],
          },
        },
      ];
    case 'computer':
      return [
        { words: 'Download the certificate.', download: fetchCertificate },
        {
          words:
            'Mac: open the file; in Keychain Access open the certificate, and under Trust choose “Always Trust”. Windows: open the file, Install Certificate, “Trusted Root Certification Authorities”. Linux, and Firefox everywhere: in the browser’s settings search for “certificates”, and import it under Authorities.',
        },
        { words: 'Close the browser and open it again.' },
      ];
    default:
      return kind satisfies never;
  }
}
