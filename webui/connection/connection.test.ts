// When the connection asks, replaces, waits and rests. The daemon is played by hand, frame by frame, and the clock is the test's.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyLobby, foldLobby, type LobbyView } from '../../daemon/protocol/lobby.ts';
import { type FakeBrowser, type FakeSocket, fakeBrowser } from '../../daemon/testing/fake-browser.ts';
import { Unreachable } from '../http.ts';
import { type Connection, connect } from './connection.ts';
import { followLog } from './follow-log.ts';

const ready = { type: 'ready', epoch: 'e', buildId: 'b', deviceId: 'd', scopes: [] };
const live = 'event: live\ndata: {"type":"live","log":"lobby","head":0}\n\n';

let browser: FakeBrowser;
let remembered: number;
let token: () => Promise<string>;

beforeEach(() => {
  browser = fakeBrowser();
  remembered = 0;
  token = async () => 'token';
});
afterEach(() => browser.remove());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const newest = () => browser.sockets.at(-1) ?? missing();
const probes = (socket: FakeSocket) => socket.sent.filter(({ type }) => type === 'heartbeat');
const answer = (socket: FakeSocket) => socket.say({ ...probes(socket).at(-1) });

async function connectBy(kind: 'socket' | 'stream'): Promise<Connection> {
  const access = {
    token: () => token(),
    drop: () => undefined,
    giveUp: () => undefined,
    renewalInMs: 1e8,
    scopes: [],
  };
  const rememberFailure = async () => {
    remembered += 1;
  };
  const connection = connect({ access, choice: { preferred: async () => kind, rememberFailure } });
  connection.follow(
    followLog({ log: 'lobby', empty: emptyLobby, fold: foldLobby, parse: (view) => view as LobbyView }),
  );
  await pass(0);
  return connection;
}

/** The newest socket opens and the daemon lets it in. */
async function letIn(): Promise<FakeSocket> {
  const socket = newest();
  socket.open();
  socket.say(ready);
  await pass(0);
  return socket;
}

async function beginStream(): Promise<(text: string) => void> {
  await pass(0);
  const say = (browser.requests.at(-1) ?? missing()).stream();
  say(live);
  await pass(0);
  return say;
}

async function liveBySocket(): Promise<{ connection: Connection; socket: FakeSocket }> {
  const connection = await connectBy('socket');
  const socket = await letIn();
  expect(connection.state.value).toEqual({ kind: 'live', via: 'socket' });
  return { connection, socket };
}

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
  token = () => Promise.reject(new Unreachable());
  newest().end();
  browser.requests.at(-1)?.fail();
  const now = () => connection.state.value;
  const left = () => [now()].reduce((_, is) => (is.kind === 'waiting' ? is.due - Date.now() : 0), 0);
  for (let passed = 0; left() <= 500 && passed < 20_000; passed += 100) await pass(100);
  expect(left()).toBeGreaterThan(500);
  token = vi.fn(token);
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
  token = () => Promise.reject(new Unreachable());
  socket.end();
  await pass(100);
  expect(connection.state.value.kind).toBe('waiting');
  browser.hide();
  const tried = vi.fn(token);
  token = tried;
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
  token = () => new Promise(() => undefined);
  await pass(3000);
  token = async () => 'token';
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
  token = () => Promise.reject(new Unreachable());
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
  token = () => Promise.reject(new Unreachable());
  socket.end();
  for (let at = 0; at < 80; at++) {
    await pass(500);
    asked().at(-1)?.fail();
  }
  expect(connection.state.value).toMatchObject({ kind: 'waiting' });

  token = async () => 'token';
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
  token = () => Promise.reject(new Unreachable());
  socket.end();
  await pass(1000);
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

function missing(): never {
  throw new Error('there is none');
}
