// What ends the connection, what puts it in doubt, and what it does in a changed network.
import { expect, it, vi } from 'vitest';
import { Unreachable } from '../http.ts';
import {
  browser,
  letIn,
  liveBySocket,
  newest,
  pass,
  playByHand,
  probes,
  setToken,
} from './connection.setup.ts';

playByHand();

it('a computer that no longer knows this device ends it: nothing wakes it', async () => {
  const { connection, socket } = await liveBySocket();
  socket.end(4403);
  browser.show();
  browser.tell('pagehide');
  browser.tell('pageshow');
  await pass(60_000);
  expect([connection.state.value.kind, browser.sockets.length]).toEqual(['ended', 1]);
});

it('a token that is refused is bought anew at once, without a wait; refused again, it waits', async () => {
  const { connection, socket } = await liveBySocket();
  const { state } = connection;
  socket.end(4401);
  const then = [state.value.kind];
  await pass(0);
  newest().open();
  newest().end(4401);
  expect([...then, state.value.kind]).toEqual(['connecting', 'waiting']);
});

it('tells no network from a computer that does not answer, and when it was last seen', async () => {
  const { connection, socket } = await liveBySocket();
  const seen = Date.now();
  await pass(5000);
  setToken(() => Promise.reject(new Unreachable()));
  socket.end();
  await pass(1);
  expect(connection.state.value).toMatchObject({ cause: { kind: 'silent' }, lastSeen: seen });
  browser.goOffline();
  await pass(1);
  expect(connection.state.value).toMatchObject({ cause: { kind: 'offline' } });
});

it('tries at once when the computer answers again, however long the wait was to be', async () => {
  const { connection, socket } = await liveBySocket();
  const asked = () => browser.requests.filter(({ url }) => url.pathname === '/healthz');
  setToken(() => Promise.reject(new Unreachable()));
  socket.end();
  for (let at = 0; at < 80; at++) {
    await pass(500);
    asked().at(-1)?.fail();
  }
  expect(connection.state.value).toMatchObject({ kind: 'waiting' });

  setToken(async () => 'token');
  const { length } = asked();
  while (asked().length === length) await pass(100);
  const before = browser.sockets.length;
  asked().at(-1)?.answer(200, 'ok');
  await pass(0);
  expect(browser.sockets).toHaveLength(before + 1);
});

it('a socket that says nothing while the phone goes from one network to the other is replaced at once', async () => {
  const { socket } = await liveBySocket();
  browser.tell('offline');
  browser.tell('focus');
  await pass(300);
  expect(browser.sockets).toHaveLength(1);
  await pass(400);
  browser.tell('online');
  await pass(0);
  expect([browser.sockets.length, socket.isClosed]).toEqual([2, true]);
});

it('asks whether the computer answers only while the person looks on', async () => {
  const { socket } = await liveBySocket();
  const asked = () => browser.requests.filter(({ url }) => url.pathname === '/healthz').length;
  setToken(() => Promise.reject(new Unreachable()));
  socket.end();
  // When the first question comes hangs on the chance in the tries before it.
  for (let waited = 0; asked() === 0 && waited < 10_000; waited += 100) await pass(100);
  const before = asked();
  browser.hide();
  await pass(60_000);
  expect([before > 0, asked()]).toEqual([true, before]);
});

it('a command without a reply puts the socket in doubt, and is given up with it', async () => {
  const { connection, socket } = await liveBySocket();
  const refused = expect(connection.command('conversation.list', {})).rejects.toThrow(Unreachable);
  await pass(4000);
  expect(probes(socket)).toHaveLength(1);
  await pass(1500);
  await refused;
  expect(browser.sockets).toHaveLength(2);
});

it('a page that stood still without being told asks as soon as it runs again', async () => {
  const { socket } = await liveBySocket();
  vi.setSystemTime(Date.now() + 60_000);
  await pass(1000);
  expect(probes(socket)).toHaveLength(1);
});

it('a silent socket is asked every quarter of a minute, also when the clock was set back meanwhile', async () => {
  const { socket } = await liveBySocket();
  vi.setSystemTime(Date.now() - 3_600_000);
  await pass(15_000);
  expect(probes(socket)).toHaveLength(1);
});

it('over a gap the log is read again from its cursor, by a new socket', async () => {
  const { socket } = await liveBySocket();
  const event = (id: number) => ({ id, at: 0, type: 'none' });
  socket.say({ type: 'events', log: 'lobby', events: [event(1)] });
  socket.say({ type: 'events', log: 'lobby', events: [event(3)] });
  await pass(1);
  const next = await letIn();
  expect(next.sent).toContainEqual({
    ...{ type: 'subscribe', log: 'lobby', after: 1, epoch: 'e', snapshot: true },
  });
});
