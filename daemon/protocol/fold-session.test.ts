// What the fold makes of work beside the conversation and of going back in it.
import { expect, test } from 'vitest';
import type { ConversationDraft } from './events.ts';
import { fold } from './fold.ts';
import { type ConversationView, emptyView, type Item, tail } from './view.ts';

const foldAll = (drafts: readonly ConversationDraft[], from: ConversationView = emptyView) =>
  drafts.reduce((view, draft) => fold(view, { ...draft, id: view.last + 1, at: view.last + 1 }), from);

const started = (taskId: string): ConversationDraft => ({
  ...{ type: 'task.started', taskId, toolId: `tool-${taskId}`, kind: 'local_bash', description: taskId },
});
const said = (id: string): ConversationDraft[] => [
  { type: 'message.sent', messageId: id, clientId: id, deviceId: 'd', text: id },
  { type: 'message.handed', messageId: id, runId: 'r' },
];
const branched = (messageId?: string): ConversationDraft => ({
  ...{ type: 'conversation.branched', sessionId: 's', anchor: 'a', fork: false },
  ...(messageId === undefined ? {} : { messageId }),
});
const aside = (view: ConversationView) =>
  view.pages.flat().map((item: Item) => (item.aside ? `(${item.key})` : item.key));

test('a task is there from its start to its end, with what it did so far', () => {
  const progressed: ConversationDraft = {
    ...{ type: 'task.progressed', taskId: 'a', tokens: 12, toolUses: 3, lastTool: 'Bash' },
  };
  const stopping: ConversationDraft = { type: 'task.stopRequested', taskId: 'b', deviceId: 'd' };
  const running = foldAll([started('a'), started('b'), progressed, stopping]);
  const ended = foldAll([{ type: 'task.finished', taskId: 'a', status: 'completed', summary: '' }], running);
  expect(running.tasks).toMatchObject([
    { taskId: 'a', toolId: 'tool-a', stopping: false, tokens: 12, toolUses: 3, lastTool: 'Bash' },
    { taskId: 'b', stopping: true, tokens: 0 },
  ]);
  expect(ended.tasks.map(({ taskId }) => taskId)).toEqual(['b']);
});

test('a task that is told of twice is one; one that nobody knows changes nothing', () => {
  const unknown: ConversationDraft = { type: 'task.finished', taskId: 'z', status: 'failed', summary: '' };
  expect(foldAll([started('a'), started('a'), unknown]).tasks).toHaveLength(1);
});

test('no task outlives its run', () => {
  const ended: ConversationDraft = { type: 'run.ended', runId: 'r', exitCode: 0, signal: null, detail: '' };
  expect(foldAll([started('a'), ended]).tasks).toEqual([]);
});

test('going back sets aside the message and all behind it, and says so', () => {
  const view = foldAll([...said('a'), ...said('b'), ...said('c'), branched('b')]);
  expect(aside(view)).toEqual(['a', '(b)', '(c)', 'event:7']);
  expect(view.pages.flat().at(-1)).toMatchObject({ kind: 'mark', mark: 'wentBack' });
  expect(view).toMatchObject({ branch: { sessionId: 's', anchor: 'a', fork: false }, context: null });
});

test('a reader that does not hold the page of the message sets aside all that it holds', () => {
  const many = foldAll(Array.from({ length: 60 }, (_, index) => said(`m${index}`)).flat());
  const view = foldAll([branched('m3')], tail(many, 1));
  expect(view.pages.flat().filter((item) => !item.aside)).toMatchObject([{ mark: 'wentBack' }]);
});

test('the branch is to be taken until a turn has begun on it, not only a run', () => {
  const run: ConversationDraft = { type: 'run.started', runId: 'r', sessionId: 's', resumed: true };
  const ended: ConversationDraft = { type: 'run.ended', runId: 'r', exitCode: 1, signal: null, detail: '' };
  const twice = foldAll([branched('a'), run, ended, run]);
  expect(twice.branch).not.toBeNull();
  expect(foldAll([{ type: 'turn.started', turnId: 't' }], twice).branch).toBeNull();
});

test('a title is by whoever gave it, and the first words by nobody', () => {
  const created = (title: string, more = {}): ConversationDraft => ({
    ...{ type: 'conversation.created', conversationId: 'c', cwd: '/', title, mode: 'default', model: null },
    ...more,
  });
  const forkedFrom = { conversationId: 'o', messageId: null };
  const renamed = (by?: 'person' | 'claude'): ConversationDraft => ({
    ...{ type: 'conversation.renamed', title: 't', ...(by === undefined ? {} : { by }) },
  });
  const by = (...drafts: ConversationDraft[]) => foldAll(drafts).titledBy;
  expect([
    by(created('')),
    by(created('Mine')),
    by(created('Fork of Mine', { forkedFrom })),
    by(created(''), renamed()),
    by(created(''), renamed(), renamed('claude')),
    by(created(''), renamed('person')),
  ]).toEqual([null, 'person', null, null, 'claude', 'person']);
});

test('restored files are told where they were restored', () => {
  const restored: ConversationDraft = {
    ...{ type: 'files.restored', messageId: 'a', deviceId: 'd', paths: ['/x'] },
  };
  expect(foldAll([restored]).pages.flat()).toMatchObject([{ kind: 'mark', mark: 'restored', paths: ['/x'] }]);
});

test('a turn of the run that is on its way out does not take the branch', () => {
  const source = { runId: 'old', offset: 9 };
  const old: ConversationDraft = { type: 'run.started', runId: 'old', sessionId: 's', resumed: false };
  const view = foldAll([...said('a'), old, branched('a'), { type: 'turn.started', turnId: 'late', source }]);
  expect(view.branch).not.toBeNull();
});

test('a branch of a session that is lost is lost with it', () => {
  expect(foldAll([...said('a'), branched('a'), { type: 'session.lost' }]).branch).toBeNull();
});
