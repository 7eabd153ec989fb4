// Going back and forking, with the real daemon and the real `claude`: what counts is what Claude's API is told afterwards.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DaemonClient, LogEvent } from '../testing/daemon-client.ts';
import { endRuns } from '../testing/end-runs.ts';
import { wordsOf } from '../testing/scripted-api/messages.ts';
import { startTalk, type Talk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
let client: DaemonClient;

beforeAll(async () => {
  daemon = await startTestDaemon();
  ({ client } = daemon);
});

afterAll(() => daemon.close());

/** Says it, waits for the turn's end, and gives the message's id. */
async function saying(talk: Talk, text: string): Promise<string> {
  await talk.say(text);
  const events = await talk.ended();
  return String(events.find((event) => event.type === 'message.sent')?.['messageId']);
}

/** What the person said, as the newest request of the conversation tells the API. */
function told(): string[] {
  const newest = daemon.api.requests.findLast((request) => request.picked !== undefined);
  const messages = newest?.body?.messages ?? [];
  return messages.filter(({ role }) => role === 'user').flatMap((message) => scriptsIn(wordsOf(message)));
}

const scriptsIn = (words: string) => [...words.matchAll(/\[\[(.*?)\]\]/g)].map(([, script]) => script ?? '');

describe('going back', { timeout: 60_000 }, () => {
  test('Claude forgets what came since, and still does after a restart and another resume', async () => {
    const talk = await startTalk(daemon);
    const { conversationId } = talk;
    await saying(talk, '[[text one]]');
    const second = await saying(talk, '[[text two]]');
    await saying(talk, '[[text three]]');

    const { text } = await client.command('conversation.rewind', {
      ...{ conversationId, messageId: second, files: false },
    });
    await talk.next((event) => event.type === 'run.ended');
    await saying(talk, '[[text four]]');
    const atOnce = told();
    await daemon.stop('SIGKILL');
    await daemon.start();
    await saying(talk, '[[text five]]');
    const afterRestart = told();
    await talk.endProcess();
    await saying(talk, '[[text six]]');

    expect({ text, atOnce, afterRestart, afterResume: told() }).toEqual({
      text: '[[text two]]',
      atOnce: ['text one', 'text four'],
      afterRestart: ['text one', 'text four', 'text five'],
      afterResume: ['text one', 'text four', 'text five', 'text six'],
    });
  });

  test('holds when the daemon is killed before anything more is said', async () => {
    const talk = await startTalk(daemon);
    const { conversationId } = talk;
    await saying(talk, '[[text one]]');
    const messageId = await saying(talk, '[[text two]]');
    await client.command('conversation.rewind', { conversationId, messageId, files: false });
    await daemon.stop('SIGKILL');
    await daemon.start();
    await saying(talk, '[[text three]]');
    expect(told()).toEqual(['text one', 'text three']);
  });

  test('before the first message begins with nothing', async () => {
    const talk = await startTalk(daemon);
    const { conversationId } = talk;
    const messageId = await saying(talk, '[[text one]]');
    await client.command('conversation.rewind', { conversationId, messageId, files: false });
    await saying(talk, '[[text again]]');
    const atOnce = told();
    await talk.endProcess();
    await saying(talk, '[[text resumed]]');
    expect([atOnce, told()]).toEqual([['text again'], ['text again', 'text resumed']]);
  });

  test('twice, past an interrupted turn, takes the pieces of that turn along', async () => {
    const talk = await startTalk(daemon);
    const { conversationId } = talk;
    await saying(talk, '[[text one]]');
    await talk.say('[[hold cut]]');
    await daemon.api.waiting('cut');
    await talk.next((event) => event.type === 'text.delta');
    await talk.endProcess();
    const last = await saying(talk, '[[text three]]');
    await client.command('conversation.rewind', { conversationId, messageId: last, files: false });
    await saying(talk, '[[text four]]');
    expect(told()).toEqual(['text one', 'text four']);
  });

  test('is refused while Claude works, and behind a summary', async () => {
    const talk = await startTalk(daemon);
    const { conversationId } = talk;
    const first = await saying(talk, '[[text one]]');
    const messageId = await saying(talk, '[[text two]]');
    await talk.say('[[hold busy]]');
    await daemon.api.waiting('busy');
    const rewind = (to: string) =>
      client.command('conversation.rewind', { conversationId, messageId: to, files: false });
    await expect(rewind(messageId)).rejects.toThrow('turn_running');
    await client.command('turn.stop', { conversationId });
    await talk.ended();
    await saying(talk, '/compact');
    await expect(rewind(messageId)).rejects.toThrow('no_way_back');
    await rewind(first);
  });
});

describe('files', { timeout: 60_000 }, () => {
  test('come back with the conversation: edited ones as they were, new ones gone; commands stay done', async () => {
    const [old, made, ran] = ['old.txt', 'made.txt', 'ran.txt'].map((name) => join(daemon.project, name));
    const original = 'line one\nline two\nline three\n';
    writeFileSync(old ?? '', original);
    const talk = await startTalk(daemon, { mode: 'acceptEdits' });
    const { conversationId } = talk;
    const messageId = await saying(talk, '[[edit old.txt]]');
    await saying(talk, '[[write made.txt]]');
    await talk.allowing('[[bash echo x > ran.txt]]');
    await talk.endProcess();

    const preview = await client.command('conversation.previewRewind', { conversationId, messageId });
    await client.command('conversation.rewind', { conversationId, messageId, files: true });
    const events = await talk.next((event) => event.type === 'conversation.branched');

    const paths = [old, made];
    expect({
      preview,
      logged: events.find((event) => event.type === 'files.restored')?.['paths'],
      old: readFileSync(old ?? '', 'utf8'),
      exist: [made, ran].map((path) => existsSync(path ?? '')),
    }).toEqual({
      preview: { files: paths, insertions: 1, deletions: 4, mayRestore: true },
      logged: paths,
      old: original,
      exist: [false, true],
    });
  });

  test('can be put back alone; where nothing was kept, that is refused', async () => {
    const path = join(daemon.project, 'alone.txt');
    const talk = await startTalk(daemon, { mode: 'acceptEdits' });
    const { conversationId } = talk;
    const messageId = await saying(talk, '[[write alone.txt]]');
    const later = await saying(talk, '[[text later]]');
    await expect(client.command('files.restore', { conversationId, messageId: later })).rejects.toThrow(
      'files_not_kept',
    );
    expect(existsSync(path)).toBe(true);
    await client.command('files.restore', { conversationId, messageId });
    expect(existsSync(path)).toBe(false);
    await saying(talk, '[[text after]]');
    expect(told()).toEqual(['write alone.txt', 'text later', 'text after']);
  });
});

describe('a fork', { timeout: 60_000 }, () => {
  test('knows what was said before the message; both conversations go on by themselves', async () => {
    const talk = await startTalk(daemon);
    await saying(talk, '[[text one]]');
    const messageId = await saying(talk, '[[text two]]');
    await saying(talk, '[[text three]]');
    const { conversationId } = talk;

    const { conversationId: forkId, text } = await client.command('conversation.fork', {
      ...{ conversationId, messageId },
    });
    await sendIn(forkId, '[[text forked]]', 1);
    const inFork = told();
    // What each process remembers is not what counts, but what its session's file leads to.
    await talk.endProcess();
    await saying(talk, '[[text four]]');
    const inSource = told();
    await daemon.stop('SIGKILL');
    await endRuns(daemon.home);
    await daemon.start();
    await sendIn(forkId, '[[text further]]', 2);

    const log = await readAll(forkId);
    const { items } = log.find((event) => event.type === 'transcript.copied') as unknown as {
      items: { kind: string; text?: string }[];
    };
    expect({ text, inFork, inSource, further: told() }).toEqual({
      text: '[[text two]]',
      inFork: ['text one', 'text forked'],
      inSource: ['text one', 'text two', 'text three', 'text four'],
      further: ['text one', 'text forked', 'text further'],
    });
    expect(items.map((item) => item.text ?? item.kind)).toEqual(['[[text one]]', 'one', 'receipt']);
  });

  test('of the whole is of the last finished turn, also while Claude works; going back works in it', async () => {
    const talk = await startTalk(daemon);
    const first = await saying(talk, '[[text one]]');
    await saying(talk, '[[text two]]');
    await talk.say('[[hold source]]');
    await daemon.api.waiting('source');
    const { conversationId } = talk;
    const { conversationId: forkId } = await client.command('conversation.fork', { conversationId });
    await sendIn(forkId, '[[text in the fork]]', 1);
    const whole = told();
    daemon.api.release('source');
    await talk.ended();
    await client.command('conversation.rewind', { conversationId: forkId, messageId: first, files: false });
    await sendIn(forkId, '[[text afresh]]', 2);
    expect([whole, told()]).toEqual([['text one', 'text two', 'text in the fork'], ['text afresh']]);
  });
});

async function sendIn(conversationId: string, text: string, turns: number): Promise<void> {
  await client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
  let ended = 0;
  const isLast = (event: LogEvent) => event.type === 'turn.finished' && ++ended === turns;
  await client.readUntil(conversationId, isLast, { seconds: 30 });
}

async function readAll(conversationId: string): Promise<LogEvent[]> {
  return client.readUntil(conversationId, (event) => event.type === 'turn.finished');
}
