// Runs the scanners against a daemon and gives what they find, in their own words. Knows their options and forms, nothing of what is
// good or bad.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Finding {
  readonly id: string;
  readonly severity: string;
  readonly finding: string;
}

export interface Scan {
  readonly version: string;
  readonly findings: readonly Finding[];
}

/** testssl.sh (Debian calls it `testssl`); takes minutes. `authority`: a PEM file that it is to trust; `only`: its options for less. */
export async function testssl(options: {
  port: number;
  authority: string;
  only?: readonly string[];
}): Promise<Scan> {
  const { port, authority, only = [] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-tls-'));
  const file = join(folder, 'found.json');
  // Nothing outside is asked for: no names are resolved, no revocation lists fetched.
  const quiet = ['--quiet', '--warnings', 'off', '--color', '0', '--nodns', 'none', '--ip', '127.0.0.1'];
  try {
    const args = [...quiet, '--add-ca', authority, '--jsonfile', file, ...only, `localhost:${port}`];
    await run(testsslName, args);
    const findings: Finding[] = JSON.parse(await readFile(file, 'utf8'));
    const banner = await run(testsslName, ['--version']);
    const version = /testssl\S*\s+(?:version )?(\d[\w.]*)/.exec(banner)?.[1] ?? 'unknown';
    return { version: `testssl.sh ${version}`, findings };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** As text: protocols, ciphers, the certificate. */
export async function sslscan(port: number): Promise<string> {
  return run('sslscan', ['--no-colour', `127.0.0.1:${port}`]);
}

const testsslName = 'testssl';

function run(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { maxBuffer: 64 * 2 ** 20 }, (error, stdout) => {
      // testssl's exit code counts findings; only a program that is not there is a failure here.
      if (error && 'code' in error && error.code === 'ENOENT') {
        reject(new Error(`${file} is not installed. On Debian: apt-get install testssl.sh sslscan`));
      } else resolve(stdout);
    });
  });
}
