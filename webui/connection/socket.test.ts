// The WebSocket as a transport: what it sends, what it makes of frames, and how it ends.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeBrowser, type FakeSocket, fakeBrowser } from '../../daemon/testing/fake-browser.ts';
import { Unreachable } from '../http.ts';
import { openSocket } from './socket.ts';
import type { Transport } from './transport.ts';

const ready = { type: 'ready', epoch: 'e', buildId: 'b', deviceId: 'd', scopes: [] };
let browser: FakeBrowser;
let heard: unknown[];
let transport: Transport;
let socket: FakeSocket;

beforeEach(() => {
  browser = fakeBrowser();
  heard = [];
  transport = openSocket('token', {
    onReady: (facts) => heard.push({ ready: facts }),
    onRecord: (record, epoch) => heard.push({ record, epoch }),
    onGone: (log, message) => heard.push({ gone: log, message }),
    onHeard: () => undefined,
    onAnswer: () => heard.push('answer'),
    onEnd: (ending) => heard.push({ ending }),
  });
  [socket = missing()] = browser.sockets;
  socket.open();
  socket.say(ready);
  heard.length = 0;
});
afterEach(() => browser.remove());

it('signs in first, and says once that it is ready, whatever a renewal answers', () => {
  transport.renew('another', () => undefined);
  socket.say(ready);
  expect(socket.sent.filter(({ type }) => type === 'auth')).toEqual([
    { type: 'auth', token: 'token' },
    { type: 'auth', token: 'another' },
  ]);
  expect(heard).toEqual([]);
});

it('matches replies to commands by their ref, in whichever order they come', async () => {
  const [first, second] = ['a', 'b'].map((type) => transport.command({ type }));
  const refs = socket.sent.filter(({ type }) => type === 'command').map(({ ref }) => ref);
  for (const ref of refs.toReversed()) socket.say({ type: 'reply', ref, reply: { ok: true, result: ref } });
  expect([await first, await second]).toEqual(refs.map((ref) => ({ ok: true, result: ref })));
});

it('a command that waits when the socket ends was perhaps heard, perhaps not', async () => {
  const command = transport.command({ type: 'a' });
  socket.end();
  await expect(command).rejects.toThrow(Unreachable);
  await expect(transport.command({ type: 'b' })).rejects.toThrow(Unreachable);
});

it('takes only the answer to its last probe for one', () => {
  const none = () => undefined;
  transport.probe(none);
  transport.probe(none);
  const [old, last] = socket.sent.filter(({ type }) => type === 'heartbeat');
  socket.say({ type: 'heartbeat' });
  socket.say({ ...old });
  expect(heard).toEqual([]);
  socket.say({ ...last });
  expect(heard).toEqual(['answer']);
});

it.each([
  [4401, 'unauthenticated'],
  [4403, 'revoked'],
  [4408, 'silent'],
  [1006, 'silent'],
])('close code %i means %s', (code, ending) => {
  socket.end(code);
  expect(heard).toEqual([{ ending }]);
});

it('is over once it was closed: nothing that still comes is passed on', () => {
  transport.close();
  socket.say({ type: 'live', log: 'lobby', head: 0 });
  socket.end();
  expect(heard).toEqual([]);
});

it('gives records with the epoch of the store, and swallows frames that it does not know', () => {
  const record = { type: 'live', log: 'lobby', head: 0 };
  socket.say({ type: 'from the future' });
  socket.say(record);
  socket.say({ type: 'gone', log: 'lobby', message: 'why' });
  expect(heard).toEqual([
    { record, epoch: 'e' },
    { gone: 'lobby', message: 'why' },
  ]);
});

function missing(): never {
  throw new Error('there is none');
}
