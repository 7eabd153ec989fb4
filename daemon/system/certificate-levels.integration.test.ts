// The three levels as phones meet them: a real daemon, real TLS connections, openssl as the judge. The certificate changes while
// connections stay open, and only when the person or the network made it necessary.
import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const day = 86_400_000;
const addressPreload = new URL('../testing/set-addresses.mjs', import.meta.url).href;
const clockPreload = new URL('../testing/shifted-clock.mjs', import.meta.url).href;
let folder: string;
let daemon: TestDaemon | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-levels-'));
  setAddresses('192.168.7.20');
  setClock(0);
});
afterEach(async () => {
  await daemon?.close();
  daemon = undefined;
  rmSync(folder, { recursive: true });
});

const setAddresses = (...all: string[]) => writeFileSync(join(folder, 'addresses'), all.join('\n'));
const setClock = (shift: number) => writeFileSync(join(folder, 'clock'), String(shift));

async function start(options: TestDaemonOptions = {}): Promise<TestDaemon> {
  daemon = await startTestDaemon({
    trustsBlindly: true,
    ...options,
    env: {
      NODE_OPTIONS: `--import=${addressPreload} --import=${clockPreload}`,
      PORCHLIGHT_TEST_ADDRESSES: join(folder, 'addresses'),
      PORCHLIGHT_TEST_CLOCK: join(folder, 'clock'),
      ...options.env,
    },
  });
  return daemon;
}

/** What a peer that asks for this name is shown. */
function shownBy({ url }: TestDaemon, servername = 'localhost'): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: Number(new URL(url).port), servername, rejectUnauthorized: false }, () => {
      resolve(new X509Certificate(socket.getPeerCertificate().raw));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

/** What openssl, trusting only the authority, says of what the daemon shows. */
async function verified({ url, home }: TestDaemon, ...args: string[]): Promise<string> {
  const ca = join(home, 'tls', 'authority.pem');
  const to = [
    '-connect',
    `127.0.0.1:${new URL(url).port}`,
    '-CAfile',
    ca,
    '-x509_strict',
    '-verify_return_error',
  ];
  return run('openssl', 's_client', ...to, ...args);
}

function run(file: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(file, args, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`));
    child.stdin?.end();
  });
}

const hostsOf = (cert: X509Certificate) => cert.subjectAltName ?? '';
const publicKeyOf = (cert: X509Certificate) => cert.publicKey.export({ type: 'spki', format: 'pem' });

describe('self-signed', () => {
  test('is what a new home has, and a new address changes nothing of it but the words', async () => {
    const { owner, said, client } = await start();
    if (!daemon) throw new Error('no daemon');
    const before = await shownBy(daemon);
    setAddresses('192.168.7.20', '192.168.9.9');
    const word = () => said.find((line) => line.includes('192.168.9.9'));
    expect(await until('a word about the address', word)).toMatch(
      /does not name.*porchlight certificate reset/,
    );
    expect((await shownBy(daemon)).fingerprint256).toBe(before.fingerprint256);
    const { level, notice } = await owner.run('certificate.show', {});
    expect([level, notice]).toEqual(['selfSigned', expect.stringContaining('192.168.9.9')]);
    await client.readUntil(
      'lobby',
      (event) => event.type === 'certificate.changed' && event['notice'] === notice,
    );
  });

  test('is made anew when the person asks for it, for the same key', async () => {
    const it = await start();
    const before = await shownBy(it);
    setAddresses('192.168.9.9');
    const shown = () => it.owner.run('certificate.show', {});
    await until('the notice', async () => (await shown()).notice !== '');
    const { code, stdout } = await it.run('certificate', 'reset');
    expect([code, stdout]).toEqual([0, expect.stringContaining('192.168.9.9')]);
    const after = await shownBy(it);
    expect(publicKeyOf(after)).toBe(publicKeyOf(before));
    expect(hostsOf(after)).toContain('192.168.9.9');
    expect((await shown()).notice).toBe('');
  });

  test('no phone or token may choose the level', async () => {
    const { client } = await start();
    await expect(client.command('certificate.use', { level: 'trusted' })).rejects.toThrow('forbidden');
  });
});

describe('trusted', () => {
  test('openssl, strictly, takes what is shown; the daemon is who it was', async () => {
    const it = await start();
    const before = await shownBy(it);
    expect((await it.run('certificate', 'trust')).code).toBe(0);
    const after = await shownBy(it);
    expect(publicKeyOf(after)).toBe(publicKeyOf(before));
    expect(await verified(it, '-verify_ip', '192.168.7.20')).toContain('Verification: OK');
    expect(await verified(it, '-verify_hostname', 'localhost')).toContain('Verification: OK');
    expect(statSync(join(it.home, 'tls', 'authority-key.pem')).mode & 0o777).toBe(0o600);
    const { said, ...report } = { said: it.said, ...(await it.owner.run('certificate.show', {})) };
    const authority = new X509Certificate(readFileSync(join(it.home, 'tls', 'authority.pem')));
    expect([report.level, report.fingerprint, report.authority]).toEqual([
      'trusted',
      after.fingerprint256,
      authority.fingerprint256,
    ]);
    expect(said).toEqual([]);
  });

  test('an open WebSocket lives through a change of address, which is in the certificate within 5 s', async () => {
    const it = await start();
    await it.owner.run('certificate.use', { level: 'trusted' });
    const socket = new WebSocket(`${it.url.replace('https', 'wss')}/api/socket`, {
      rejectUnauthorized: false,
    });
    const frames: string[] = [];
    socket.on('message', (data) => frames.push(String(data)));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'auth', token: it.client.token }));
    await until('to be let in', () => frames.length > 0);
    setAddresses('10.4.5.6', '8.8.4.4');
    const named = async () => hostsOf(await shownBy(it)).includes('10.4.5.6');
    await until('the new address in the certificate', named, { seconds: 5 });
    expect(await verified(it, '-verify_ip', '10.4.5.6')).toContain('Verification: OK');
    const hosts = hostsOf(await shownBy(it));
    expect([hosts.includes('8.8.4.4'), hosts.includes('192.168.7.20')]).toEqual([false, false]);
    const before = frames.length;
    socket.ping();
    await new Promise((resolve) => socket.once('pong', resolve));
    expect([socket.readyState, frames.length >= before]).toEqual([WebSocket.OPEN, true]);
    socket.terminate();
  });

  test('is renewed before it ends, without a word, and nothing of what phones trust changes', async () => {
    const it = await start();
    await it.owner.run('certificate.use', { level: 'trusted' });
    const before = await shownBy(it);
    const { authority } = await it.owner.run('certificate.show', {});
    setClock(61 * day);
    process.kill(it.pid, 'SIGUSR2');
    const after = await until('another leaf', async () => {
      const shown = await shownBy(it);
      return shown.fingerprint256 !== before.fingerprint256 && shown;
    });
    expect(Date.parse(after.validTo) - Date.parse(before.validTo)).toBeGreaterThan(60 * day);
    expect((await it.owner.run('certificate.show', {})).authority).toBe(authority);
    expect(it.said.filter((line) => line.includes('notice'))).toEqual([]);
  });

  test('stays on after a restart, and the way back shows the certificate that phones took before', async () => {
    const it = await start();
    const before = await shownBy(it);
    await it.owner.run('certificate.use', { level: 'trusted' });
    const trusted = await shownBy(it);
    await it.restartWith();
    expect((await shownBy(it)).fingerprint256).toBe(trusted.fingerprint256);
    await it.owner.run('certificate.use', { level: 'selfSigned' });
    expect((await shownBy(it)).fingerprint256).toBe(before.fingerprint256);
  });

  test('the profile for an iPhone is a property list around the very authority; both downloads end with the level', async () => {
    const it = await start();
    const download = (name: string) => it.client.fetch(`/trust/${name}`, { headers: { authorization: '' } });
    expect((await download('porchlight.mobileconfig')).status).toBe(404);
    await it.owner.run('certificate.use', { level: 'trusted' });
    const profile = await download('porchlight.mobileconfig');
    expect(profile.headers['content-type']).toBe('application/x-apple-aspen-config');
    const { raw } = new X509Certificate(readFileSync(join(it.home, 'tls', 'authority.pem')));
    const read = JSON.parse(await run('python3', '-c', plistAsJson, profile.body));
    expect(read).toEqual({
      type: 'Configuration',
      parts: [{ type: 'com.apple.security.root', der: createHash('sha256').update(raw).digest('hex') }],
      ids: [expect.stringMatching(uuid), expect.stringMatching(uuid)],
    });
    expect((await download('porchlight.mobileconfig')).body).toBe(profile.body);
    expect((await download('porchlight-ca.crt')).headers['content-type']).toBe('application/x-x509-ca-cert');
    await it.owner.run('certificate.use', { level: 'selfSigned' });
    expect((await download('porchlight-ca.crt')).status).toBe(404);
  });
});

describe('own', () => {
  /** By openssl, as somebody else would make it. */
  async function made(name: string, days: number, to = name, clockAt = 0) {
    setClock(clockAt);
    const [cert, key] = [join(folder, `${to}.pem`), join(folder, `${to}-key.pem`)];
    const alt = ['-subj', '/CN=own', '-addext', `subjectAltName=DNS:${name}`];
    const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
    await run('openssl', 'req', '-x509', ...keys, '-days', String(days), ...alt, '-out', cert);
    return { cert, key };
  }
  const configured = (certificate: object) => {
    const home = join(folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(join(home, 'config.json'), JSON.stringify({ certificate }), { mode: 0o600 });
    return { home };
  };

  test('is shown to whoever asks for its name, and the self-signed one to the others', async () => {
    const files = await made('study.example.net', 90);
    const it = await start(configured(files));
    const own = new X509Certificate(readFileSync(files.cert));
    expect((await shownBy(it, 'study.example.net')).fingerprint256).toBe(own.fingerprint256);
    expect((await shownBy(it)).fingerprint256).not.toBe(own.fingerprint256);
    const { port } = new URL(it.url);
    expect(it.url).toBe(`https://study.example.net:${port}`);
    const status = async (host: string) => {
      const args = ['-sk', '-o', '/dev/null', '-w', '%{http_code}', '--resolve', `${host}:${port}:127.0.0.1`];
      return run('curl', ...args, `https://${host}:${port}/healthz`);
    };
    expect([await status('study.example.net'), await status('other.example.net')]).toEqual(['200', '421']);
  });

  test('is taken anew when its files change', async () => {
    const files = await made('study.example.net', 90);
    const it = await start(configured(files));
    const before = await shownBy(it, 'study.example.net');
    await made('study.example.net', 120);
    await until(
      'the new one',
      async () => (await shownBy(it, 'study.example.net')).fingerprint256 !== before.fingerprint256,
    );
    expect((await it.owner.run('certificate.show', {})).level).toBe('own');
  });

  test.each([
    ['has ended', async () => made('study.example.net', 9, 'ended', 30 * day), /ended on \d{4}-/],
    [
      'has the key of another',
      async () => ({ ...(await made('a.example.net', 9)), key: (await made('b.example.net', 9)).key }),
      /does not fit/,
    ],
    [
      'lacks the name',
      async () => ({ ...(await made('a.example.net', 90)), name: 'b.example.net' }),
      /is not for b\.example\.net/,
    ],
    ['is for any name', async () => made('*.example.net', 90, 'any'), /Say which name is this computer’s/],
    [
      'is not there',
      async () => ({ cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' }),
      /There is no file \/nowhere/,
    ],
  ])(
    'one that %s is told in words, and phones get in by the self-signed one',
    async (_name, files, words) => {
      const it = await start(configured(await files()));
      expect(it.said.join()).toMatch(words);
      expect((await it.client.fetch('/healthz')).body).toBe('ok');
      expect((await it.owner.run('certificate.show', {})).notice).toMatch(words);
    },
  );

  test('comes from Tailscale when that is there and the person asks for it', async () => {
    const { cert, key } = await made('study.tail1234.ts.net', 90);
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const status = { Self: { DNSName: 'study.tail1234.ts.net.' }, CertDomains: ['study.tail1234.ts.net'] };
    writeFileSync(
      join(bin, 'tailscale'),
      `#!/bin/sh
echo "$@" >> ${folder}/asked
if [ "$1" = status ]; then echo '${JSON.stringify(status)}'; exit; fi
cp ${cert} "\${2#--cert-file=}" && cp ${key} "\${3#--key-file=}"
`,
    );
    chmodSync(join(bin, 'tailscale'), 0o755);
    const it = await start({ env: { PATH: `${bin}:${process.env['PATH']}` } });
    const { offer } = await it.owner.run('certificate.show', {});
    expect([offer?.name, offer?.command.slice(0, 2)]).toEqual([
      'study.tail1234.ts.net',
      ['tailscale', 'cert'],
    ]);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).not.toContain('cert');
    const { code, stdout } = await it.run('certificate', 'own');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Running: tailscale cert .*study\.tail1234\.ts\.net\n/),
    ]);
    const own = new X509Certificate(readFileSync(cert));
    expect((await shownBy(it, 'study.tail1234.ts.net')).fingerprint256).toBe(own.fingerprint256);
  });

  test('without one it is refused in words', async () => {
    const it = await start();
    const { code, stderr } = await it.run('certificate', 'own');
    expect([code, stderr]).toEqual([1, expect.stringContaining('no certificate of your own')]);
  });
});

const uuid = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;
/** Apple's format as Python's standard library reads it. */
const plistAsJson = `
import hashlib, json, plistlib, sys
profile = plistlib.loads(sys.argv[1].encode())
parts = profile['PayloadContent']
print(json.dumps({
  'type': profile['PayloadType'],
  'parts': [{'type': p['PayloadType'], 'der': hashlib.sha256(p['PayloadContent']).hexdigest()} for p in parts],
  'ids': [profile['PayloadUUID'], *(p['PayloadUUID'] for p in parts)],
}))
`;
