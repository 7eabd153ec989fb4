import { expect, test } from 'vitest';
import {
  type ConversationSummary,
  emptyLobby,
  foldLobby,
  type LobbyView,
} from '../../../daemon/protocol/lobby.ts';
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { conversationFor, livelyPreviews, previewsOf } from './previews-of.ts';

const plain: PreviewSummary = {
  ...{ previewId: 'a', folder: '/shop', name: 'dev', tool: 'Vite', kind: 'server', command: 'npm run dev' },
  ...{ state: 'ready', since: 1, reason: '', exitCode: null, lastLines: [], port: 47_100, appPort: 5173 },
  ...{ isExposed: false, outlives: false, conversationId: null },
};

/** As the phone has it: what happened, folded. */
function lobby(...previews: readonly Partial<PreviewSummary>[]): LobbyView {
  return previews.reduce<LobbyView>(
    (view, preview, index) =>
      foldLobby(view, { id: index + 1, at: 0, type: 'preview.changed', preview: { ...plain, ...preview } }),
    emptyLobby,
  );
}

const ids = (previews: readonly PreviewSummary[]) => previews.map(({ previewId }) => previewId);
const chat = { conversationId: 'c', cwd: '/shop' };

test('a conversation has the previews of its folder and of what its Claude has started, what can be seen first', () => {
  const view = lobby(
    { previewId: 'stopped', state: 'stopped' },
    { previewId: 'elsewhere', folder: '/shopping' },
    { previewId: 'crashed', state: 'crashed' },
    { previewId: 'found', folder: '/tmp/x', state: 'offered', conversationId: 'c' },
    { previewId: 'inside', folder: '/shop/web', state: 'ready' },
  );
  expect(ids(previewsOf(view, chat))).toEqual(['inside', 'crashed', 'found', 'stopped']);
});

test('Now has all but those at rest, and none that was forgotten', () => {
  const view = lobby(
    { previewId: 'a' },
    { previewId: 'b', state: 'stopped' },
    { previewId: 'c', state: 'starting' },
  );
  expect(ids(livelyPreviews(view))).toEqual(['a', 'c']);
  const without = foldLobby(view, { id: 4, at: 0, type: 'preview.forgotten', previewId: 'a' });
  expect(ids(livelyPreviews(without))).toEqual(['c']);
});

test('a preview’s words go to whose Claude has started it, else to the newest conversation of its folder', () => {
  const summary: ConversationSummary = {
    ...{ conversationId: '', title: '', cwd: '', activity: '', since: null, lastText: '', waiting: 0 },
    ...{ state: 'idle', createdAt: 0, lastAt: 0 },
  };
  const conversations = {
    old: { ...summary, conversationId: 'old', cwd: '/shop', lastAt: 1 },
    new: { ...summary, conversationId: 'new', cwd: '/shop/web', lastAt: 2 },
    other: { ...summary, conversationId: 'other', cwd: '/else', lastAt: 3 },
  };
  expect(conversationFor({ conversations }, plain)?.conversationId).toBe('new');
  expect(conversationFor({ conversations }, { ...plain, conversationId: 'other' })?.conversationId).toBe(
    'other',
  );
  expect(conversationFor({ conversations }, { ...plain, folder: '/nowhere' })).toBeUndefined();
});
