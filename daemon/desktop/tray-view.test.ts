// What the tray shows for a lobby.
import { expect, test } from 'vitest';
import { type ConversationSummary, emptyLobby, type LobbyView } from '../protocol/lobby.ts';
import { trayView } from './tray-view.ts';

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
const lines = (lobby: LobbyView) =>
  trayView(lobby).items.flatMap((item) => (item === 'separator' ? [] : [item.title]));

test('a quiet lobby: the light is on, and nothing else stands between', () => {
  expect(trayView(ready).state).toBe('idle');
  expect(lines({ ...ready, conversations: conversation('a', {}) })).toEqual([
    'The light is on',
    'Open Porchlight',
    'Pair a phone…',
    'Quit',
  ]);
});

test('what waits for the person wins over what is working, and stands first', () => {
  const conversations = {
    ...conversation('build', { state: 'working', activity: 'Running tests', lastAt: 9 }),
    ...conversation('deploy', { state: 'needsYou', waiting: 1, lastAt: 2 }),
  };
  expect(trayView({ ...ready, conversations }).state).toBe('needsYou');
  expect(lines({ ...ready, conversations }).slice(0, 3)).toEqual([
    'Claude needs you',
    'deploy — needs you',
    'build — Running tests',
  ]);
});

test('a phone that wants in is shown with its digits', () => {
  const pairings = [
    { pairingId: 'p', label: 'iPhone of Ana', address: '10.0.0.2', digits: '482913', expiresAt: 1 },
  ];
  expect(trayView({ ...ready, pairings }).state).toBe('needsYou');
  expect(lines({ ...ready, pairings })[1]).toBe('iPhone of Ana shows 482 913: answer…');
});

test('what a device needs a yes for is shown in its words', () => {
  const confirmations = [
    {
      ...{ confirmationId: 'c', deviceId: 'd', label: 'iPhone of Ana' },
      ...{ act: 'remove the device “iPad”', expiresAt: 1 },
    },
  ];
  expect(trayView({ ...ready, confirmations })).toMatchObject({
    state: 'needsYou',
    tooltip: 'Porchlight: A device asks for your yes',
  });
  expect(lines({ ...ready, confirmations })[1]).toBe(
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
  expect(trayView({ ...ready, claude })).toMatchObject({
    state: 'error',
    tooltip: 'Porchlight: Claude Code is not installed.',
  });
});
