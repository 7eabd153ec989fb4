// A computer whose addresses and clock change while a daemon runs on it, and what peers see of its certificate. The real interfaces
// and the real clock stay as they are.
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from './test-daemon.ts';

const addressPreload = new URL('./set-addresses.mjs', import.meta.url).href;
const clockPreload = new URL('./shifted-clock.mjs', import.meta.url).href;

export interface ChangingComputer {
  /** For what a test writes. */
  readonly folder: string;
  /** At most one at a time. */
  start(options?: TestDaemonOptions): Promise<TestDaemon>;
  setAddresses(...addresses: string[]): void;
  /** ms; a daemon that runs hears of it by SIGUSR2. */
  setClock(shift: number): void;
  /** Ends the daemon and removes the folder. */
  close(): Promise<void>;
}

export function createChangingComputer(): ChangingComputer {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-changing-'));
  const setAddresses = (...all: string[]) => writeFileSync(join(folder, 'addresses'), all.join('\n'));
  const setClock = (shift: number) => writeFileSync(join(folder, 'clock'), String(shift));
  let daemon: TestDaemon | undefined;
  setAddresses('192.168.7.20');
  setClock(0);
  return {
    ...{ folder, setAddresses, setClock },
    async start(options = {}) {
      const env = {
        NODE_OPTIONS: `--import=${addressPreload} --import=${clockPreload}`,
        PORCHLIGHT_TEST_ADDRESSES: join(folder, 'addresses'),
        PORCHLIGHT_TEST_CLOCK: join(folder, 'clock'),
      };
      daemon = await startTestDaemon({ trustsBlindly: true, ...options, env: { ...env, ...options.env } });
      return daemon;
    },
    async close() {
      await daemon?.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a peer that asks for this name is shown. */
export function shownBy({ url }: TestDaemon, servername = 'localhost'): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(url).port), servername, rejectUnauthorized: false }, () => {
      resolve(new X509Certificate(socket.getPeerCertificate().raw));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

/** All that a program says, whatever its end. */
export function outputOf(file: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(file, args, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`));
    child.stdin?.end();
  });
}
