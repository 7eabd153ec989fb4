// The connection with the daemon played by hand, frame by frame, and a clock that is the test's: what its tests share.
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { emptyLobby, foldLobby, type LobbyView } from '../../daemon/protocol/lobby.ts';
import { type FakeBrowser, type FakeSocket, fakeBrowser } from '../../daemon/testing/fake-browser.ts';
import { type Connection, connect } from './connection.ts';
import { followLog } from './follow-log.ts';

const ready = { type: 'ready', epoch: 'e', buildId: 'b', deviceId: 'd', scopes: [] };
const live = 'event: live\ndata: {"type":"live","log":"lobby","head":0}\n\n';

/** Of the test that runs; made anew for each. */
export let browser: FakeBrowser;
/** How often the page noted that the socket is refused. */
export let remembered: number;
export let token: () => Promise<string>;

/** For every file that uses this: each test gets a browser of its own. */
export function playByHand(): void {
  beforeEach(() => {
    browser = fakeBrowser();
    remembered = 0;
    token = async () => 'token';
  });
  afterEach(() => browser.remove());
}

export function setToken(next: () => Promise<string>): void {
  token = next;
}

export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
export const newest = () => browser.sockets.at(-1) ?? missing();
export const probes = (socket: FakeSocket) => socket.sent.filter(({ type }) => type === 'heartbeat');
export const answer = (socket: FakeSocket) => socket.say({ ...probes(socket).at(-1) });

export async function connectBy(kind: 'socket' | 'stream'): Promise<Connection> {
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
export async function letIn(): Promise<FakeSocket> {
  const socket = newest();
  socket.open();
  socket.say(ready);
  await pass(0);
  return socket;
}

export async function beginStream(): Promise<(text: string) => void> {
  await pass(0);
  const say = (browser.requests.at(-1) ?? missing()).stream();
  say(live);
  await pass(0);
  return say;
}

export async function liveBySocket(): Promise<{ connection: Connection; socket: FakeSocket }> {
  const connection = await connectBy('socket');
  const socket = await letIn();
  expect(connection.state.value).toEqual({ kind: 'live', via: 'socket' });
  return { connection, socket };
}

export function missing(): never {
  throw new Error('there is none');
}
