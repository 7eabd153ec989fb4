// A server that does everything wrong that the scanners know of: old protocols, weak ciphers, a certificate signed with SHA-1 for no
// name. If the judge lets it pass, it lets everything pass.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function startWeakServer(): Promise<{ port: number; authority: string; close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-weak-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['-newkey', 'rsa:1024', '-nodes', '-keyout', key, '-out', cert, '-days', '3000'];
  spawnSync('openssl', ['req', '-x509', '-sha1', '-subj', '/CN=weak', ...made]);
  const server = createServer({
    ...{ key: readFileSync(key), cert: readFileSync(cert) },
    ...{ minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ port, authority: cert },
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
