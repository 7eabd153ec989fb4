// What can be said with `/`, and what comes of it: with the real daemon and the real `claude`, in a trusted folder with a command
// and a skill of its own, and in one that nobody has trusted.
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { startTalk, type Talk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { trustFolders } from '../testing/trust-folders.ts';

let daemon: TestDaemon;

const greet = '---\ndescription: Greet somebody\nargument-hint: <name>\n---\n[[text hello $ARGUMENTS]]\n';
const brew = '---\nname: brew\ndescription: Brew some tea\n---\n[[text brewing $ARGUMENTS]]\n';

function makeProject(name: string): string {
  const folder = join(daemon.folder, name);
  mkdirSync(join(folder, '.claude/commands'), { recursive: true });
  mkdirSync(join(folder, '.claude/skills/brew'), { recursive: true });
  writeFileSync(join(folder, '.claude/commands/greet.md'), greet);
  writeFileSync(join(folder, '.claude/skills/brew/SKILL.md'), brew);
  return realpathSync(folder);
}

let trusted: string;
let stranger: string;

beforeAll(async () => {
  daemon = await startTestDaemon();
  trusted = makeProject('trusted');
  stranger = makeProject('stranger');
  await trustFolders(daemon, [trusted]);
});

afterAll(() => daemon.close());

const catalogOf = ({ conversationId }: Talk) =>
  daemon.client.command('conversation.catalog', { conversationId });
const typesOf = (events: readonly LogEvent[]) => events.map((event) => event.type);
const textOf = (events: readonly LogEvent[]) =>
  events.findLast((event) => event.type === 'text.finished')?.['text'];
const sayFor = async (talk: Talk, text: string) => {
  await talk.say(text);
  return talk.ended();
};
/** What the model was told last, as text. */
const told = () => JSON.stringify(daemon.api.requests.findLast(({ picked }) => picked)?.body?.messages ?? []);

test('a new conversation has its commands before the first word, the own ones first, and can be talked to', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  const { commands, models, agents } = await catalogOf(talk);
  expect(commands.slice(0, 2).toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'brew', description: 'Brew some tea (project)', argumentHint: '', aliases: [] },
    { name: 'greet', description: 'Greet somebody (project)', argumentHint: '<name>', aliases: [] },
  ]);
  const names = commands.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['compact', 'clear', 'context', 'usage']));
  expect(names.filter((name) => ['help', 'status', 'plan', 'model', 'focus'].includes(name))).toEqual([]);
  expect(models[0]).toMatchObject({ value: 'default', resolved: expect.stringContaining('claude-') });
  expect(models.find(({ value }) => value === 'sonnet')?.efforts).toContain('high');
  expect(agents.map(({ name }) => name)).toContain('Explore');

  const events = await sayFor(talk, '[[text warm]]');
  expect(textOf(events)).toBe('warm');
  expect(typesOf(events).filter((type) => type === 'run.started')).toHaveLength(1);
});

test('a second conversation in the same folder has them without a run of its own', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  const { commands } = await catalogOf(talk);
  const { conversationId } = talk;
  await daemon.client.command('conversation.rename', { conversationId, title: 'Quiet' });
  const events = await daemon.client.readUntil(conversationId, ({ type }) => type === 'conversation.renamed');
  expect({
    has: commands.some(({ name }) => name === 'greet'),
    runs: typesOf(events).includes('run.started'),
  }).toEqual({ has: true, runs: false });
});

test('of a folder that nobody trusts the own commands are not told, and not run', async () => {
  const talk = await startTalk(daemon, { cwd: stranger });
  const { commands } = await catalogOf(talk);
  expect(commands.filter(({ name }) => name === 'greet' || name === 'brew')).toEqual([]);
  expect(commands.length).toBeGreaterThan(5);
  await sayFor(talk, '/greet Bob');
  expect(told()).toContain('/greet Bob');
  expect(told()).not.toContain('hello Bob');
});

test('a command and a skill reach the model as what they stand for', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  expect(textOf(await sayFor(talk, '/greet Bob'))).toBe('hello Bob');
  expect(told()).toContain('[[text hello Bob]]');
  expect(textOf(await sayFor(talk, '/brew oolong'))).toBe('brewing oolong');
});

test('two that ask at once start one run', async () => {
  const cwd = makeProject('at-once');
  const talk = await startTalk(daemon, { cwd });
  await Promise.all([catalogOf(talk), catalogOf(talk), talk.say('[[text one]]')]);
  expect(typesOf(await talk.ended()).filter((type) => type === 'run.started')).toHaveLength(1);
});

test('a skill that is added while it runs is offered', async () => {
  const cwd = makeProject('growing');
  await trustFolders(daemon, [cwd]);
  const talk = await startTalk(daemon, { cwd });
  await catalogOf(talk);
  mkdirSync(join(cwd, '.claude/skills/toast'));
  writeFileSync(
    join(cwd, '.claude/skills/toast/SKILL.md'),
    '---\nname: toast\ndescription: Make toast\n---\nToast\n',
  );
  await sayFor(talk, '/reload-skills');
  await sayFor(talk, '[[text after]]');
  expect((await catalogOf(talk)).commands.map(({ name }) => name)).toContain('toast');
});

test('/context answers with a table, /usage with lines, and both messages are answered', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  await sayFor(talk, '[[text one]]');
  const context = await sayFor(talk, '/context');
  expect(textOf(context)).toMatch(/\| Category \| Tokens \| Percentage \|/);
  const usage = await sayFor(talk, '/usage');
  expect(textOf(usage)).toMatch(/^Estimated cost: \$[\d.]+ {2}\nTotal duration/);
  expect([context, usage].map((events) => typesOf(events).includes('message.taken'))).toEqual([true, true]);
  expect(typesOf(usage).at(-1)).toBe('turn.finished');
});

test('/compact says that it makes room, leaves its mark, and repeats nothing that was said', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  await sayFor(talk, '[[text one]]');
  await sayFor(talk, '[[text two]]');
  await sayFor(talk, '/context');
  const events = await sayFor(talk, '/compact');
  const shown = typesOf(events).filter((type) => /^(turn|context|text|line|notice)\./.test(type));
  expect(shown.filter((type) => type !== 'context.measured')).toEqual([
    ...['turn.started', 'context.compacting', 'context.compacted', 'turn.finished'],
  ]);
  expect(events.find(({ type }) => type === 'context.compacted')).toMatchObject({ trigger: 'manual' });
});

test('/compact with nothing to sum up says so', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  expect(textOf(await sayFor(talk, '/compact'))).toMatch(/No(t enough)? messages to compact/);
});

test('/clear is marked once; the next run goes on in the new session, also after the daemon was gone', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  const before = await sayFor(talk, '[[text remember-me]]');
  const cleared = await sayFor(talk, '/clear');
  const sessionOf = (events: readonly LogEvent[]) =>
    events.findLast(({ type }) => type === 'session.announced')?.['sessionId'];
  expect(typesOf(cleared).filter((type) => type === 'context.cleared')).toHaveLength(1);
  expect(sessionOf(cleared)).not.toBe(sessionOf(before));

  await talk.endProcess();
  const resumed = await sayFor(talk, '[[text two]]');
  expect(resumed.find(({ type }) => type === 'run.started')).toMatchObject({
    sessionId: sessionOf(cleared),
    resumed: true,
  });
  expect(textOf(resumed)).toBe('two');
  expect(told()).not.toContain('remember-me');

  await daemon.stop('SIGKILL');
  await daemon.start();
  expect((await catalogOf(talk)).commands.map(({ name }) => name)).toContain('greet');
  const after = await sayFor(talk, '[[text three]]');
  expect(typesOf(after)).not.toContain('context.cleared');
  expect(textOf(after)).toBe('three');
  expect(told()).not.toContain('remember-me');
});

test('/clear as the first word to a resumed session is marked, too', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  await sayFor(talk, '[[text one]]');
  await talk.endProcess();
  const cleared = await sayFor(talk, '/clear');
  expect(typesOf(cleared).filter((type) => type === 'context.cleared')).toHaveLength(1);
});

test('a word that is no command goes to the model as it stands; one that only a terminal has is said to be missing', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  await sayFor(talk, '/nosuch [[text plain]]');
  expect(told()).toContain('/nosuch [[text plain]]');
  expect(textOf(await sayFor(talk, '/help'))).toMatch(/isn't available/);
});

test('without a Claude that can be started, the answer is a refusal', async () => {
  const bare = await startTestDaemon({ claude: 'no-such-claude' });
  try {
    const talk = await startTalk(bare);
    const { conversationId } = talk;
    await expect(bare.client.command('conversation.catalog', { conversationId })).rejects.toThrow(
      'claude_unavailable',
    );
    const { files } = await bare.client.command('file.suggest', { conversationId, query: 'hello' });
    expect(files).toEqual([{ path: 'hello.js', isFolder: false }]);
  } finally {
    await bare.close();
  }
});

test('after Default was chosen again, the model in force is told', async () => {
  const talk = await startTalk(daemon, { cwd: trusted });
  const { conversationId } = talk;
  const modelOf = (events: readonly LogEvent[]) =>
    events.findLast(({ type }) => type === 'session.announced')?.['model'];
  const usual = modelOf(await sayFor(talk, '[[text one]]'));
  await daemon.client.command('conversation.configure', { conversationId, model: 'haiku' });
  expect(modelOf(await sayFor(talk, '[[text two]]'))).toContain('haiku');
  await daemon.client.command('conversation.configure', { conversationId, model: null });
  expect(modelOf(await sayFor(talk, '[[text three]]'))).toBe(usual);
});
