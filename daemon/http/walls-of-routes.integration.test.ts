// Every route and command with every credential that is none, over HTTP in each form an answer has. The routes are those that
// express was told, the commands those of the protocol's table: one that the table of doors does not know fails here first.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands, type CommandType } from '../protocol/commands.ts';
import { foreignPages } from '../testing/walls/credentials.ts';
import { commandWalls, mounted, type Route, routes } from '../testing/walls/doors.ts';
import { canary, type Outside, standOutside } from '../testing/walls/outside.ts';
import { recordRoutes } from '../testing/walls/recorded-routes.ts';

const types = Object.keys(commandWalls) as CommandType[];
const behindToken = ([, { opens }]: [string, Route]) => opens !== 'anyone' && opens !== 'proof';

let outside: Outside;
let told: readonly (readonly string[])[];

beforeAll(async () => {
  const recorded = recordRoutes();
  outside = await standOutside();
  recorded.stop();
  told = recorded.lists();
});

afterAll(() => outside.daemon.close());

test('the table of doors knows every route, whatever is mounted beside them, and every command', () => {
  const app = told.find((list) => list.includes('GET /healthz')) ?? [];
  const isRoute = (line: string) => !line.startsWith('ANY');
  expect(app.filter(isRoute).toSorted()).toEqual(Object.keys(routes).toSorted());
  expect(app.filter((line) => !isRoute(line)).toSorted()).toEqual(mounted.toSorted());
  // The private socket's are the same.
  const others = told.filter((list) => list !== app).flat();
  expect(others.filter((line) => isRoute(line) && !(line in routes))).toEqual([]);
  expect(types.toSorted()).toEqual(Object.keys(commands).toSorted());
});

test('the samples get something with a good token, or the rest would prove nothing', async () => {
  const { good } = outside;
  for (const [name, { target }] of Object.entries(routes).filter(behindToken)) {
    if (!name.startsWith('GET ')) continue;
    expect([name, (await outside.ask('GET', target(outside.names), good)).status]).toEqual([name, 200]);
  }
  expect((await outside.ask('GET', '/api/logs/lobby/events', good)).body).toContain(canary);
});

test('no route gives or takes anything without a good credential, in whatever form the answer is asked for', async () => {
  const wrong: string[] = [];
  let asked = 0;
  for (const [name, { target, body }] of Object.entries(routes).filter(behindToken)) {
    const [method = ''] = name.split(' ');
    const forms = ['*/*', ...(method === 'GET' ? ['text/event-stream', 'application/x-ndjson'] : [])];
    for (const credential of outside.bad) {
      for (const accept of forms) {
        const headers = { ...credential.headers, accept };
        const { status, code } = await outside.ask(
          method,
          target(outside.names),
          { ...credential, headers },
          body?.(outside.names),
        );
        asked += 1;
        if (status === 401 && code === (method === 'HEAD' ? '' : 'unauthenticated')) continue;
        wrong.push(`${name} as ${accept} with ${credential.name}: ${status} ${code}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(150);
});

test('no command is done over HTTP without a good credential', async () => {
  const wrong: string[] = [];
  for (const type of types) {
    for (const credential of outside.bad) {
      const body = { type, ...commandWalls[type].input(outside.names) };
      const { status, code } = await outside.ask('POST', '/api/commands', credential, body);
      if (status !== 401 || code !== 'unauthenticated')
        wrong.push(`${type} with ${credential.name}: ${status} ${code}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('another page gets and changes nothing, good token or not', async () => {
  const wrong: string[] = [];
  for (const origin of foreignPages(outside.daemon)) {
    const good = { headers: { authorization: `Bearer ${outside.daemon.client.token}`, origin } };
    for (const [name, { opens, target, body }] of Object.entries(routes)) {
      const [method = ''] = name.split(' ');
      const { status, code, headers } = await outside.ask(
        method,
        target(outside.names),
        good,
        body?.(outside.names),
      );
      if ('access-control-allow-origin' in headers) wrong.push(`${name} for ${origin}: CORS`);
      if (opens === 'anyone' && method === 'GET') continue;
      if (status !== 403 || code !== (method === 'HEAD' ? '' : 'foreign_origin'))
        wrong.push(`${name} from ${origin}: ${status} ${code}`);
    }
    for (const type of types) {
      const body = { type, ...commandWalls[type].input(outside.names) };
      const { status, code } = await outside.ask('POST', '/api/commands', good, body);
      if (status !== 403 || code !== 'foreign_origin')
        wrong.push(`${type} from ${origin}: ${status} ${code}`);
    }
  }
  for (const site of ['cross-site', 'same-site']) {
    const headers = { authorization: `Bearer ${outside.daemon.client.token}`, 'sec-fetch-site': site };
    const { code } = await outside.ask('POST', '/api/commands', { headers }, { type: 'conversation.list' });
    if (code !== 'foreign_origin') wrong.push(`a command from ${site}: ${code}`);
  }
  expect(wrong).toEqual([]);
});

test('what is open to all says the same to all, and nothing of what is kept here', async () => {
  const wrong: string[] = [];
  for (const target of [
    '/',
    '/c/x',
    '/healthz',
    '/trust/check.js',
    '/trust/porchlight-ca.crt',
    '/nothing.js',
  ]) {
    const plain = await outside.ask('GET', target, { headers: {} });
    for (const credential of outside.bad) {
      const { status, body } = await outside.ask('GET', target, credential);
      if (status !== plain.status || body !== plain.body) wrong.push(`${target} with ${credential.name}`);
    }
    wrong.push(
      ...outside
        .leaks(`${JSON.stringify(plain.headers)}${plain.body}`)
        .map((word) => `${target} has ${word}`),
    );
  }
  expect(wrong).toEqual([]);
});

test('sign-in and pairing give nothing for a guess, whatever else is brought', async () => {
  const wrong: string[] = [];
  for (const [name, { opens, says, target, body }] of Object.entries(routes)) {
    if (opens !== 'proof') continue;
    for (const credential of outside.bad) {
      const headers = { origin: outside.daemon.client.url, ...credential.headers };
      const sent = await outside.ask(
        'POST',
        target(outside.names),
        { ...credential, headers },
        body?.(outside.names),
      );
      // How many guesses are left at a typed code is said, and no more than that.
      const isRefused =
        sent.status >= 400 &&
        sent.status < 500 &&
        /^\{"ok":false,"error":\{"code":"\w+","message":"[^"{}]*"\}\}$/.test(sent.body);
      if (outside.leaks(sent.body).length > 0 || !(isRefused || says?.test(sent.body)))
        wrong.push(`${name} with ${credential.name}: ${sent.status} ${sent.body}`);
    }
  }
  expect(wrong).toEqual([]);
});
