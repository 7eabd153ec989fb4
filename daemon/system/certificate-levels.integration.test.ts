// The certificate of this computer as phones meet it: a real daemon, real TLS connections, openssl as the judge. It changes while
// connections stay open, and only when the person or the network made it necessary.
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  type ChangingComputer,
  createChangingComputer,
  outputOf,
  shownBy,
} from '../testing/changing-computer.ts';
import type { TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const day = 86_400_000;
let computer: ChangingComputer;
beforeEach(() => {
  computer = createChangingComputer();
});
afterEach(() => computer.close());

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
  return outputOf('openssl', 's_client', ...to, ...args);
}

const hostsOf = (cert: X509Certificate) => cert.subjectAltName ?? '';
const publicKeyOf = (cert: X509Certificate) => cert.publicKey.export({ type: 'spki', format: 'pem' });

describe('self-signed', () => {
  test('is what a new home has, and a new address changes nothing of it but the words', async () => {
    const daemon = await computer.start();
    const { owner, client } = daemon;
    const before = await shownBy(daemon);
    computer.setAddresses('192.168.7.20', '192.168.9.9');
    const word = () => daemon.said.find((line) => line.includes('192.168.9.9'));
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
    const it = await computer.start();
    const before = await shownBy(it);
    computer.setAddresses('192.168.9.9');
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
    const { client } = await computer.start();
    await expect(client.command('certificate.use', { level: 'trusted' })).rejects.toThrow('forbidden');
  });
});

describe('trusted', () => {
  test('openssl, strictly, takes what is shown; the daemon is who it was', async () => {
    const it = await computer.start();
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
    const it = await computer.start();
    await it.owner.run('certificate.use', { level: 'trusted' });
    const socket = new WebSocket(`${it.url.replace('https', 'wss')}/api/socket`, {
      rejectUnauthorized: false,
    });
    const frames: string[] = [];
    socket.on('message', (data) => frames.push(String(data)));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'auth', token: it.client.token }));
    await until('to be let in', () => frames.length > 0);
    computer.setAddresses('10.4.5.6', '8.8.4.4');
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
    const it = await computer.start();
    await it.owner.run('certificate.use', { level: 'trusted' });
    const before = await shownBy(it);
    const { authority } = await it.owner.run('certificate.show', {});
    computer.setClock(61 * day);
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
    const it = await computer.start();
    const before = await shownBy(it);
    await it.owner.run('certificate.use', { level: 'trusted' });
    const trusted = await shownBy(it);
    await it.restartWith();
    expect((await shownBy(it)).fingerprint256).toBe(trusted.fingerprint256);
    await it.owner.run('certificate.use', { level: 'selfSigned' });
    expect((await shownBy(it)).fingerprint256).toBe(before.fingerprint256);
  });

  test('spoilt files end in another authority, told in words, not in a daemon that does not start', async () => {
    const it = await computer.start();
    await it.owner.run('certificate.use', { level: 'trusted' });
    await it.stop();
    const files = ['authority.pem', 'leaf.pem'].map((name) => join(it.home, 'tls', name));
    for (const file of files) writeFileSync(file, 'spoilt');
    await it.start();
    expect(await verified(it, '-verify_hostname', 'localhost')).toContain('Verification: OK');
    await until('a word about it', () => /Show each phone once more/.test(it.said.join()));
    await it.stop();
    writeFileSync(join(it.home, 'tls', 'level.json'), 'spoilt');
    await it.start();
    await until('a word about it', () => /self-signed one is/.test(it.said.join()));
  });

  test('the profile for an iPhone is a property list around the very authority; both downloads end with the level', async () => {
    const it = await computer.start();
    const download = (name: string) => it.client.fetch(`/trust/${name}`, { headers: { authorization: '' } });
    expect((await download('porchlight.mobileconfig')).status).toBe(404);
    await it.owner.run('certificate.use', { level: 'trusted' });
    const profile = await download('porchlight.mobileconfig');
    expect(profile.headers['content-type']).toBe('application/x-apple-aspen-config');
    const { raw } = new X509Certificate(readFileSync(join(it.home, 'tls', 'authority.pem')));
    const read = JSON.parse(await outputOf('python3', '-c', plistAsJson, profile.body));
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
