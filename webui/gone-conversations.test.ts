import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { LogState } from './connection/follow-log.ts';
import { forgetGone } from './gone-conversations.ts';
import type { ConversationSummary } from '../daemon/protocol/lobby.ts';

const summary: ConversationSummary = {
  ...{ conversationId: '', title: '', cwd: '/', createdAt: 0, state: 'idle', activity: '', since: null },
  ...{ lastText: '', waiting: 0, lastAt: 0, costUsd: 0 },
};
const listing = (...ids: string[]) => ({
  conversations: Object.fromEntries(ids.map((conversationId) => [conversationId, summary])),
});

function watch(kept: readonly string[]) {
  const lobby = signal(listing());
  const lobbyState = signal<LogState>('loading');
  const forgotten: string[] = [];
  forgetGone({ lobby, lobbyState, kept: new Set(kept), forget: (id) => void forgotten.push(id) });
  return { lobby, lobbyState, forgotten };
}

test('what was deleted while the page was away goes once the list is whole, and not before', () => {
  const { lobby, lobbyState, forgotten } = watch(['stays', 'deleted']);
  lobby.value = listing('stays');
  expect(forgotten).toEqual([]);

  lobbyState.value = 'live';
  expect(forgotten).toEqual(['deleted']);
});

test('what is deleted meanwhile goes once, and what is new here stays', () => {
  const { lobby, lobbyState, forgotten } = watch([]);
  lobby.value = listing('a', 'b');
  lobbyState.value = 'live';
  lobby.value = listing('b', 'new');
  lobby.value = listing('b', 'new', 'newer');

  expect(forgotten).toEqual(['a']);
});

test('a list that is read anew takes nothing away until it is whole', () => {
  const { lobby, lobbyState, forgotten } = watch([]);
  lobby.value = listing('a', 'b');
  lobbyState.value = 'live';
  lobbyState.value = 'loading';
  lobby.value = listing();
  lobby.value = listing('a');
  expect(forgotten).toEqual([]);

  lobbyState.value = 'live';
  expect(forgotten).toEqual(['b']);
});
