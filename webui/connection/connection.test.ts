// When the connection asks, replaces, waits and rests, at wake-ups and outages.
import { describe, expect, it, vi } from 'vitest';
import { Unreachable } from '../http.ts';
import {
  answer,
  beginStream,
  browser,
  connectBy,
  letIn,
  liveBySocket,
  newest,
  pass,
  playByHand,
  probes,
  remembered,
  setToken,
  token,
} from './connection.setup.ts';

playByHand();

describe.each(['visible', 'pageshow', 'online', 'focus'])('at a wake-up (%s)', (type) => {
  const wake = () => (type === 'visible' ? browser.show() : browser.tell(type));

  it('a socket that answers stays', async () => {
    const { socket } = await liveBySocket();
    wake();
    expect(probes(socket)).toHaveLength(1);
    answer(socket);
    await pass(10_000);
    expect(browser.sockets).toEqual([socket]);
  });

  it('a socket that says OPEN but does not answer in 1.5 s is replaced at once', async () => {
    const { connection, socket } = await liveBySocket();
    wake();
    await pass(1499);
    expect(browser.sockets).toHaveLength(1);
    await pass(1);
    expect([browser.sockets.length, socket.isClosed]).toEqual([2, true]);
    await letIn();
    expect(connection.state.value.kind).toBe('live');
  });
});

it('a socket that does not answer while the computer does is replaced without waiting longer', async () => {
  const { socket } = await liveBySocket();
  browser.show();
  await pass(500);
  expect(browser.requests.map(({ url }) => url.pathname)).toEqual(Array(4).fill('/healthz'));
  await pass(100);
  expect([browser.sockets.length, socket.isClosed]).toEqual([1, false]);
  browser.requests.at(-1)?.answer(200, 'ok');
  await pass(0);
  expect([browser.sockets.length, socket.isClosed]).toEqual([2, true]);
});

it('what the browser still held back from before a sleep is no answer', async () => {
  const { socket } = await liveBySocket();
  browser.show();
  socket.say({ type: 'live', log: 'lobby', head: 0 });
  socket.say({ type: 'heartbeat' });
  await pass(1500);
  expect(browser.sockets).toHaveLength(2);
});

it('several wake-ups at once are one question', async () => {
  const { socket } = await liveBySocket();
  browser.show();
  browser.tell('focus');
  answer(socket);
  browser.tell('pageshow');
  expect(probes(socket)).toHaveLength(1);
  await pass(100);
  browser.tell('online');
  expect(probes(socket)).toHaveLength(2);
});

it('however often it wakes up to a dead socket, the next is opened without a wait', async () => {
  await liveBySocket();
  for (let time = 0; time < 5; time++) {
    browser.hide();
    browser.show();
    await pass(1500);
    expect(browser.sockets).toHaveLength(time + 2);
    await letIn();
    await pass(600);
  }
});

it('waits longer from failure to failure, and begins anew when the person comes back', async () => {
  const connection = await connectBy('socket');
  setToken(() => Promise.reject(new Unreachable()));
  newest().end();
  browser.requests.at(-1)?.fail();
  const now = () => connection.state.value;
  const left = () => [now()].reduce((_, is) => (is.kind === 'waiting' ? is.due - Date.now() : 0), 0);
  for (let passed = 0; left() <= 500 && passed < 20_000; passed += 100) await pass(100);
  expect(left()).toBeGreaterThan(500);
  setToken(vi.fn(token));
  browser.show();
  expect(token).toHaveBeenCalledOnce();
  await pass(0);
  expect(connection.state.value.kind).toBe('waiting');
  expect(left()).toBeLessThanOrEqual(250);
});

it('tries nothing while the page is hidden, and at once when it is seen again', async () => {
  const { connection, socket } = await liveBySocket();
  browser.hide();
  socket.end();
  await pass(3_600_000);
  expect([connection.state.value.kind, browser.sockets.length]).toEqual(['asleep', 1]);
  browser.show();
  await pass(0);
  expect(browser.sockets).toHaveLength(2);
});

it('stops trying when the page is hidden during an outage', async () => {
  const { connection, socket } = await liveBySocket();
  setToken(() => Promise.reject(new Unreachable()));
  socket.end();
  await pass(100);
  expect(connection.state.value.kind).toBe('waiting');
  browser.hide();
  const tried = vi.fn(token);
  setToken(tried);
  await pass(60_000);
  expect([connection.state.value.kind, tried.mock.calls.length]).toEqual(['asleep', 0]);
});

it.each([
  ['kept for "back"', () => browser.tell('pagehide'), () => browser.tell('pageshow')],
  ['frozen', () => browser.tellDocument('freeze'), () => browser.tellDocument('resume')],
])('a page that is %s lets its socket go, and opens another when it wakes', async (_how, away, back) => {
  const { connection, socket } = await liveBySocket();
  away();
  expect([connection.state.value.kind, socket.isClosed]).toEqual(['asleep', true]);
  back();
  await pass(0);
  await letIn();
  expect(connection.state.value.kind).toBe('live');
});

it('event streams are closed while the page is hidden and opened at the cursor when it is seen', async () => {
  const connection = await connectBy('stream');
  await beginStream();
  browser.hide();
  expect([connection.state.value.kind, browser.requests[0]?.isAborted]).toEqual(['asleep', true]);
  await pass(60_000);
  expect(browser.requests).toHaveLength(1);
  browser.show();
  await pass(0);
  await beginStream();
  expect(connection.state.value).toEqual({ kind: 'live', via: 'stream' });
});

it('neither a sign-in nor event streams that are never answered hold up anybody for long', async () => {
  const connection = await connectBy('stream');
  await pass(1500);
  expect(browser.requests[0]?.isAborted).toBe(true);
  setToken(() => new Promise(() => undefined));
  await pass(3000);
  setToken(async () => 'token');
  await pass(10_000);
  await beginStream();
  expect(connection.state.value.kind).toBe('live');
});

it('where the socket is refused and the streams work, that is remembered; where it took too long it is not', async () => {
  await connectBy('socket');
  newest().end();
  await beginStream();
  expect(remembered).toBe(1);

  await connectBy('socket');
  await pass(1500);
  await beginStream();
  expect(remembered).toBe(1);
});

it('a socket that once worked is tried first again, whatever happened to one of them', async () => {
  const { socket } = await liveBySocket();
  socket.end();
  await pass(1);
  newest().end();
  await beginStream();
  expect(remembered).toBe(0);
});
