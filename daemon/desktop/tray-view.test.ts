// What the tray shows for a lobby.
import { expect, test } from 'vitest';
import { type ConversationSummary, emptyLobby, type LobbyView } from '../protocol/lobby.ts';
import { type AtADesk, trayView } from './tray-view.ts';
import type { WaitingRequest } from './waiting-requests.ts';

const ready: LobbyView = {
  ...emptyLobby,
  claude: { state: 'ready', version: '2', path: '', sentence: '', fix: '' },
};
const conversation = (
  conversationId: string,
  change: Partial<ConversationSummary>,
): LobbyView['conversations'] => ({
  [conversationId]: {
    ...{
      conversationId,
      title: conversationId,
      cwd: '/',
      state: 'idle',
      activity: '',
      since: null,
      lastText: '',
      waiting: 0,
      lastAt: 1,
      createdAt: 1,
    },
    ...change,
  },
});
const at = (lobby: LobbyView, change: Partial<AtADesk> = {}): AtADesk => ({
  ...{ lobby, requests: [], keepsAwake: false, startsAtLogin: undefined },
  ...change,
});
const items = (desk: AtADesk) => trayView(desk).items.flatMap((item) => (item === 'separator' ? [] : [item]));
const lines = (desk: AtADesk) => items(desk).map(({ title }) => title);
const asks = (requestId: string, tool: string, input: unknown): WaitingRequest => ({
  ...{ requestId, tool, input, conversationId: 'c', title: 'Tidy up', cwd: '/home/ana/shop', at: 1 },
  ...{ toolId: null, description: null, reason: null, blockedPath: null, suggestions: [] },
});

test('a quiet lobby: the light is on, and what can always be done', () => {
  expect(trayView(at(ready)).state).toBe('idle');
  expect(lines(at({ ...ready, conversations: conversation('a', {}) }))).toEqual([
    'The light is on',
    'Open Porchlight',
    'Pair a phone…',
    'Devices',
    'Pause all',
    'Keep awake while working',
    'Logs',
    'Doctor',
    'Quit',
  ]);
});

test('what waits wins over what is working; a turn that runs can be stopped', () => {
  const conversations = {
    ...conversation('build', { state: 'working', activity: 'Running tests', lastAt: 9, since: 1 }),
    ...conversation('deploy', { state: 'needsYou', waiting: 1, lastAt: 2, since: 1 }),
  };
  const desk = at({ ...ready, conversations });
  expect(trayView(desk).state).toBe('needsYou');
  expect(lines(desk).slice(0, 3)).toEqual(['Claude needs you', 'build — Running tests', '↳ Stop “build”']);
});

test('a harmless request has Allow and Deny, any other is opened; each says what and where', () => {
  const requests = [
    asks('1', 'Bash', { command: 'touch tidy.txt', description: 'x' }),
    asks('2', 'Bash', { command: 'curl https://example.com' }),
    asks('3', 'Write', { file_path: '/home/ana/shop/a.txt', content: 'x' }),
    asks('4', 'AskUserQuestion', { questions: [] }),
  ];
  expect(
    items(at(ready, { requests }))
      .slice(1, 10)
      .map(({ id, title }) => `${id} ${title}`),
  ).toEqual([
    'conversation:c Tidy up (shop): run touch tidy.txt',
    'allow:c:1 ↳ Allow “touch tidy.txt”',
    'deny:c:1 ↳ Deny “touch tidy.txt”',
    'conversation:c Tidy up (shop): run curl https://example.com — answer…',
    'deny:c:2 ↳ Deny “curl https://example.com”',
    'conversation:c Tidy up (shop): write a.txt — answer…',
    'deny:c:3 ↳ Deny “a.txt”',
    'conversation:c Tidy up (shop): has a question for you — answer…',
    'open Open Porchlight',
  ]);
});

test.each([
  ['is longer than the line', { command: `touch ${'a'.repeat(80)}` }],
  ['has a second line', { command: 'touch a\nls' }],
  ['hides a character', { command: 'touch a\u202Eb' }],
  ['runs in another way than it says', { command: 'touch a', dangerouslyDisableSandbox: true }],
  ['leaves the project', { command: 'touch ../a' }],
])('one press does not allow a command that %s', (_, input) => {
  const ids = items(at(ready, { requests: [asks('1', 'Bash', input)] })).map(({ id }) => id);
  expect(ids.filter((id) => id.startsWith('allow'))).toEqual([]);
});

test('rows that say the same are told apart', () => {
  const requests = [asks('1', 'Bash', { command: 'touch a' }), asks('2', 'Bash', { command: 'touch a' })];
  expect(lines(at(ready, { requests })).filter((title) => title.includes('Allow'))).toEqual([
    '↳ Allow “touch a”',
    '↳ Allow “touch a” (2)',
  ]);
});

test('paused: the picture, the line and the way back; what runs is still told', () => {
  const paused = { deviceId: 'computer', label: 'This computer', at: 1 };
  const running = conversation('build', { state: 'working', activity: 'Thinking', since: 1 });
  const queued = conversation('later', { state: 'working', activity: 'Starting Claude' });
  const idle = at({ ...ready, paused, conversations: queued });
  const busy = at({ ...ready, paused, conversations: running });
  expect([trayView(idle).state, trayView(busy).state]).toEqual(['paused', 'working']);
  expect([lines(idle)[1], lines(busy)[0], lines(idle).includes('Resume')]).toEqual([
    'later — waits, all is paused',
    'Paused: what runs goes on to its end',
    true,
  ]);
});

test('switches that are on are marked in their words', () => {
  expect(lines(at(ready, { keepsAwake: true, startsAtLogin: true }))).toEqual(
    expect.arrayContaining(['✓ Keep awake while working', '✓ Start at login']),
  );
});

test('a phone that wants in is shown with its digits', () => {
  const pairings = [
    { pairingId: 'p', label: 'iPhone of Ana', address: '10.0.0.2', digits: '482913', expiresAt: 1 },
  ];
  expect(trayView(at({ ...ready, pairings })).state).toBe('needsYou');
  expect(lines(at({ ...ready, pairings }))[1]).toBe('iPhone of Ana shows 482 913: answer…');
});

test('what a device needs a yes for is shown in its words', () => {
  const confirmations = [
    {
      ...{ confirmationId: 'c', deviceId: 'd', label: 'iPhone of Ana' },
      ...{ act: 'remove the device “iPad”', expiresAt: 1 },
    },
  ];
  expect(trayView(at({ ...ready, confirmations }))).toMatchObject({
    state: 'needsYou',
    tooltip: 'Porchlight: A device asks for your yes',
  });
  expect(lines(at({ ...ready, confirmations }))[1]).toBe(
    'iPhone of Ana wants to remove the device “iPad”: answer…',
  );
});

test('a claude that is missing is an error, in its own sentence', () => {
  const claude = {
    state: 'missing',
    version: '',
    path: '',
    sentence: 'Claude Code is not installed.',
    fix: 'x',
  } as const;
  expect(trayView(at({ ...ready, claude }))).toMatchObject({
    state: 'error',
    tooltip: 'Porchlight: Claude Code is not installed.',
  });
});

test('previews that are up can be opened and stopped; one that is down is not there', () => {
  const preview = (previewId: string, change: Partial<LobbyView['previews'][string]>) => ({
    [previewId]: {
      ...{
        previewId,
        folder: '/home/ana/shop',
        name: 'dev',
        tool: 'Vite',
        kind: 'server' as const,
        command: '',
      },
      ...{
        state: 'ready' as const,
        since: 1,
        reason: '',
        exitCode: null,
        lastLines: [],
        port: 1,
        appPort: 5173,
      },
      ...{ isExposed: false, outlives: false, conversationId: null },
      ...change,
    },
  });
  const previews = {
    ...preview('a', {}),
    ...preview('b', { state: 'stopped' }),
    ...preview('c', { kind: 'found', state: 'starting' }),
  };
  const shown = items(at({ ...ready, previews })).filter(({ id }) => id.includes('preview:'));
  expect(shown.map(({ id, title }) => [id, title])).toEqual([
    ['preview:a', 'Preview dev (shop)'],
    ['stop-preview:a', '↳ Stop dev (shop)'],
    ['preview:c', 'Preview port 5173 (shop) — starting'],
    ['stop-preview:c', '↳ Show port 5173 (shop) no longer'],
  ]);
});
