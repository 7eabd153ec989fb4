// The walls of the WebSocket, with every credential that is none, and what each scope opens: every command, on each transport.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { CommandType } from '../protocol/commands.ts';
import { Scope } from '../protocol/lobby.ts';
import { foreignPages } from '../testing/walls/credentials.ts';
import { commandWalls, furtherWalls, routes, socketPath } from '../testing/walls/doors.ts';
import { type Outside, standOutside } from '../testing/walls/outside.ts';

const types = Object.keys(commandWalls) as CommandType[];

let outside: Outside;

beforeAll(async () => {
  outside = await standOutside();
});

afterAll(() => outside.daemon.close());

/** What comes of a socket that is opened with this and sends these frames: the status or the close code, and all it was told. */
function visit(options: { headers?: Record<string, string>; path?: string }, frames: readonly object[]) {
  const { path = socketPath, headers = {} } = options;
  const url = `${outside.daemon.client.url.replace('https', 'wss')}${path}`;
  const socket = new WebSocket(url, { ca: outside.daemon.client.ca, headers });
  const heard: string[] = [];
  return new Promise<{ end: number; heard: string[] }>((resolve, reject) => {
    socket.on('message', (data) => heard.push(String(data)));
    socket.on('unexpected-response', (_request, response) => {
      resolve({ end: response.statusCode ?? 0, heard });
      response.resume();
    });
    socket.on('error', reject);
    socket.on('open', () => {
      for (const frame of frames) socket.send(JSON.stringify(frame));
      // Nothing more is wanted than to know that it opened.
      if (frames.length > 0) return;
      resolve({ end: 101, heard });
      socket.terminate();
    });
    socket.on('close', (end) => resolve({ end, heard }));
  });
}

const everyFrame = () => [
  { type: 'subscribe', log: 'lobby', after: 0 },
  { type: 'subscribe', log: outside.names.conversationId, after: 0 },
  ...types.map((type, ref) => ({
    ...{ type: 'command', ref: String(ref) },
    command: { type, ...commandWalls[type].input(outside.names) },
  })),
];

test('a socket does and tells nothing without a good token in its first frame, whatever its upgrade brought', async () => {
  const good = { authorization: `Bearer ${outside.daemon.client.token}` };
  const wrong: string[] = [];
  const look = (name: string, { end, heard }: { end: number; heard: string[] }) => {
    if (heard.length > 0 || end !== (name === 'query' ? 404 : 4401))
      wrong.push(`${name}: ${end} ${heard.join()}`);
  };
  for (const { name, headers, query, token } of [
    ...outside.bad,
    { name: 'token in the upgrade', headers: good },
  ]) {
    const path = query === undefined ? socketPath : `${socketPath}?${query}`;
    const first = token === undefined ? [] : [{ type: 'auth', token }];
    look(name, await visit({ headers, path }, [...first, ...everyFrame()]));
  }
  for (const frame of everyFrame()) look(JSON.stringify(frame), await visit({}, [frame]));
  expect(wrong).toEqual([]);
});

test('no other address becomes a socket, and none for another page, good token or not', async () => {
  const authorization = `Bearer ${outside.daemon.client.token}`;
  const wrong: string[] = [];
  for (const { target } of Object.values(routes)) {
    const { end } = await visit({ path: target(outside.names), headers: { authorization } }, []);
    if (end !== 404) wrong.push(`${target(outside.names)}: ${end}`);
  }
  for (const origin of foreignPages(outside.daemon)) {
    const { end } = await visit({ headers: { authorization, origin } }, []);
    if (end !== 403) wrong.push(`${origin}: ${end}`);
  }
  expect(wrong).toEqual([]);
});

test('each scope opens what it is for and nothing else, on every transport', async () => {
  const wrong: string[] = [];
  const all = Scope.options;
  const strangers = {
    ...outside.names,
    conversationId: crypto.randomUUID(),
    deviceId: crypto.randomUUID(),
    folder: '/no/such',
  };
  for (const lacking of all) {
    const scopes = all.filter((scope) => scope !== lacking);
    const most = (await outside.daemon.owner.run('token.create', { name: `no ${lacking}`, scopes })).token;
    const only = (
      await outside.daemon.owner.run('token.create', { name: `only ${lacking}`, scopes: [lacking] })
    ).token;
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    const shut = types.filter((type) => commandWalls[type].opens === lacking);
    const further = furtherWalls.filter(({ needs }) => needs === lacking);
    const inputs = [
      ...shut.map((type) => ({ type, ...commandWalls[type].input(outside.names) })),
      ...further.map(({ type, input }) => ({ type, ...input(outside.names) })),
    ];
    for (const body of inputs) {
      const { status, body: text } = await outside.ask('POST', '/api/commands', bearer(most), body);
      if (status !== 403 || !text.includes('"forbidden"'))
        wrong.push(`${body.type} without ${lacking}: ${text}`);
    }
    const frames = inputs.map((command, ref) => ({ type: 'command', ref: String(ref), command }));
    wrong.push(...(await answersOf(most, frames)).filter((text) => !text.includes('"forbidden"')));
    for (const [name, { target, body }] of Object.entries(routes).filter(
      ([, { opens }]) => opens === lacking,
    )) {
      const [method = ''] = name.split(' ');
      const { status } = await outside.ask(
        method,
        target(outside.names),
        bearer(most),
        body?.(outside.names),
      );
      if (status !== 403 && name !== 'POST /api/commands')
        wrong.push(`${name} without ${lacking}: ${status}`);
    }
    for (const type of shut) {
      const asked = outside.ask('POST', '/api/commands', bearer(only), {
        type,
        ...commandWalls[type].input(strangers),
      });
      // A yes at the computer, that nobody gives.
      const passing = setInterval(() => outside.daemon.pass(60_000), 50);
      const { body: text } = await asked.finally(() => clearInterval(passing));
      if (/"(unauthenticated|computer_only)"|lacks the scope/.test(text))
        wrong.push(`${type} with ${lacking}: ${text}`);
    }
  }
  for (const type of types.filter((one) => commandWalls[one].opens === 'computer')) {
    const { token } = await outside.daemon.owner.run('token.create', { name: 'all', scopes: [...all] });
    const { code } = await outside.ask(
      'POST',
      '/api/commands',
      { headers: { authorization: `Bearer ${token}` } },
      {
        ...{ type, ...commandWalls[type].input(outside.names) },
      },
    );
    if (code !== 'computer_only') wrong.push(`${type} from afar: ${code}`);
  }
  expect(wrong).toEqual([]);
});

/** What a signed-in socket is told to each of these. */
async function answersOf(token: string, frames: readonly object[]): Promise<string[]> {
  const socket = new WebSocket(`${outside.daemon.client.url.replace('https', 'wss')}${socketPath}`, {
    ca: outside.daemon.client.ca,
  });
  const heard: string[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject).on('close', () => reject(new Error('closed')));
    socket.on('open', () => {
      for (const frame of [{ type: 'auth', token }, ...frames]) socket.send(JSON.stringify(frame));
    });
    socket.on('message', (data) => {
      heard.push(String(data));
      if (heard.length === frames.length + 1) resolve();
    });
  });
  socket.terminate();
  return heard.slice(1);
}
