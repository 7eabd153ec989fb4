import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { judgeAnswers, judgeNetwork, knock } from './network-check.ts';

const wifi = { name: 'wlan0', address: '192.168.1.20', isVirtual: false };
const docker = { name: 'docker0', address: '172.17.0.1', isVirtual: true };
const open = { host: '0.0.0.0', isLocalOnly: false };

test('a real network is well, whatever else there is', () => {
  expect(judgeNetwork({ ...open, interfaces: [wifi, docker] })).toMatchObject({
    state: 'ok',
    sentence: 'Phones are sent to 192.168.1.20 (wlan0). Then: 172.17.0.1 (docker0).',
  });
});

test('containers and tunnels alone are no network for a phone', () => {
  expect(judgeNetwork({ ...open, interfaces: [docker] })).toMatchObject({
    state: 'warning',
    sentence: expect.stringContaining('172.17.0.1 (docker0)'),
    fix: expect.stringContaining('Wi-Fi'),
  });
});

test('no address at all is bad', () => {
  expect(judgeNetwork({ ...open, interfaces: [] }).state).toBe('bad');
});

test('a daemon for this computer only is told apart from one without a network', () => {
  expect(judgeNetwork({ host: '127.0.0.1', isLocalOnly: true, interfaces: [wifi] })).toMatchObject({
    state: 'warning',
    sentence: 'Porchlight listens on 127.0.0.1 only, so no phone reaches it.',
  });
});

test('an address that does not answer is named; when none does it is bad', () => {
  const good = { address: '192.168.1.20', port: 47_000, trouble: undefined };
  const silent = { address: '10.0.0.2', port: 47_000, trouble: 'connect ECONNREFUSED' };
  expect(judgeAnswers([good]).state).toBe('ok');
  expect(judgeAnswers([good, silent])).toMatchObject({
    state: 'warning',
    sentence: 'Porchlight does not answer at 10.0.0.2:47000 (connect ECONNREFUSED).',
  });
  expect(judgeAnswers([silent]).state).toBe('bad');
});

test('a port that nobody has, and one that speaks no TLS, are both no answer', async () => {
  const server = createServer((socket) => socket.resume().end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await knock('127.0.0.1', port)).toBeTypeOf('string');
  await new Promise((resolve) => server.close(resolve));
  expect(await knock('127.0.0.1', port)).toContain('ECONNREFUSED');
});
