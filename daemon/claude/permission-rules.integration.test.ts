// "Always allow": where a rule is kept for each destination, and when it is asked again: in the same process and in a new one
// that resumes the session. Through the daemon, with the pinned `claude`, in trusted and in untrusted folders.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandInput } from '../protocol/commands.ts';
import { isRequest, startTalk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { trustFolders } from '../testing/trust-folders.ts';

type Json = NonNullable<CommandInput<'permission.answer'>['updatedPermissions']>[number];

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const config = () => join(daemon.folder, 'world', 'claude');

/** A project folder of its own; trusted means that the person said yes to the CLI's own question in the terminal. */
async function projectFolder(trust: 'trusted' | 'untrusted'): Promise<string> {
  const folder = join(daemon.folder, trust);
  mkdirSync(folder);
  if (trust === 'trusted') await trustFolders(daemon, [folder]);
  return folder;
}

type Destinations = readonly string[];

const ways: readonly Destinations[] = [
  ['session'],
  ['localSettings'],
  ['projectSettings'],
  ['userSettings'],
  ['localSettings', 'session'],
];

const rule = (command: string, destination: string) => ({
  type: 'addRules',
  rules: [{ toolName: 'Bash', ruleContent: command }],
  behavior: 'allow',
  destination,
});

const allowedIn = (path: string): readonly string[] =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).permissions.allow : [];

/** Every command is said three times: allowed for always, said again, and said once more to a new process. */
async function alwaysAllow(trust: 'trusted' | 'untrusted') {
  const cwd = await projectFolder(trust);
  const talk = await startTalk(daemon, { cwd });
  const timesAsked = async (command: string) =>
    (await talk.allowing(`[[bash ${command}]]`)).filter(isRequest).length;
  const rows = ways.map((destinations) => ({
    destinations,
    command: `touch ${[...destinations, trust].join('-')}.txt`,
  }));

  for (const { destinations, command } of rows) {
    await talk.say(`[[bash ${command}]]`);
    const request = await talk.asked();
    const updatedPermissions = destinations.map((destination) => rule(command, destination));
    await talk.answer(request, { behavior: 'allow', updatedPermissions });
    await talk.ended();
  }
  const again: number[] = [];
  for (const { command } of rows) again.push(await timesAsked(command));
  await talk.endProcess();
  const inNewProcess: number[] = [];
  for (const { command } of rows) inNewProcess.push(await timesAsked(command));

  const files: Readonly<Record<string, readonly string[]>> = {
    localSettings: allowedIn(join(cwd, '.claude', 'settings.local.json')),
    projectSettings: allowedIn(join(cwd, '.claude', 'settings.json')),
    userSettings: allowedIn(join(config(), 'settings.json')),
  };
  return rows.map(({ destinations, command }, index) => ({
    destinations: destinations.join(' + '),
    writtenTo: Object.keys(files).filter((name) => files[name]?.includes(`Bash(${command})`)),
    again: again[index],
    inNewProcess: inNewProcess[index],
  }));
}

test('in a trusted folder every rule but the session’s holds in the next process too', async () => {
  expect(await alwaysAllow('trusted')).toEqual([
    { destinations: 'session', writtenTo: [], again: 0, inNewProcess: 1 },
    { destinations: 'localSettings', writtenTo: ['localSettings'], again: 0, inNewProcess: 0 },
    // The CLI takes shared rules from the folder only where its own dialog was answered; the daemon gives them to the next process.
    { destinations: 'projectSettings', writtenTo: ['projectSettings'], again: 1, inNewProcess: 0 },
    { destinations: 'userSettings', writtenTo: ['userSettings'], again: 0, inNewProcess: 0 },
    { destinations: 'localSettings + session', writtenTo: ['localSettings'], again: 0, inNewProcess: 0 },
  ]);
});

// The daemon starts `claude` with the person's own settings only where the folder is not trusted, so what is written into the
// project is not read; a rule for the session beside it holds as long as the process.
test('in an untrusted folder only the person’s own settings outlast the process', async () => {
  expect(await alwaysAllow('untrusted')).toEqual([
    { destinations: 'session', writtenTo: [], again: 0, inNewProcess: 1 },
    { destinations: 'localSettings', writtenTo: ['localSettings'], again: 1, inNewProcess: 1 },
    { destinations: 'projectSettings', writtenTo: ['projectSettings'], again: 1, inNewProcess: 1 },
    { destinations: 'userSettings', writtenTo: ['userSettings'], again: 0, inNewProcess: 0 },
    { destinations: 'localSettings + session', writtenTo: ['localSettings'], again: 0, inNewProcess: 1 },
  ]);
});

test('a rule allows its own command and no other', async () => {
  const talk = await startTalk(daemon);
  await talk.say('[[bash npm run one]]');
  const request = await talk.asked();
  await talk.answer(request, { behavior: 'allow', updatedPermissions: [rule('npm run one', 'session')] });
  await talk.ended();
  const asked = [
    ...(await talk.denying('[[bash npm run one]]')),
    ...(await talk.denying('[[bash npm run two]]')),
  ].filter(isRequest);
  expect(asked.map((event) => event['input'])).toMatchObject([{ command: 'npm run two' }]);
});

test('the mode that a request suggests is in force at once, is announced, and writes unasked', async () => {
  const talk = await startTalk(daemon);
  await talk.say('[[write suggested.txt]]');
  const request = await talk.asked();
  const suggestions = request['suggestions'] as Json[];
  await talk.answer(request, { behavior: 'allow', updatedPermissions: suggestions });
  const first = await talk.ended();
  const second = await talk.denying('[[write unasked.txt]]');
  expect(suggestions).toEqual([{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }]);
  expect(first.filter((event) => event.type === 'mode.changed')).toMatchObject([{ mode: 'acceptEdits' }]);
  expect(second.filter(isRequest)).toEqual([]);
  expect(existsSync(join(daemon.project, 'unasked.txt'))).toBe(true);
});

test('a folder that a request suggests is open for reading for the rest of the session', async () => {
  const talk = await startTalk(daemon);
  const [one, two] = ['one.txt', 'two.txt'].map((name) => join(daemon.folder, 'beside', name));
  mkdirSync(join(daemon.folder, 'beside'));
  for (const path of [one, two]) writeFileSync(path ?? '', 'beside the project\n');
  await talk.say(`[[read ${one}]]`);
  const request = await talk.asked();
  const suggestions = request['suggestions'] as Json[];
  await talk.answer(request, { behavior: 'allow', updatedPermissions: suggestions });
  await talk.ended();
  expect(suggestions).toMatchObject([
    { type: 'addRules', rules: [{ toolName: 'Read' }], destination: 'session' },
  ]);
  expect((await talk.denying(`[[read ${two}]]`)).filter(isRequest)).toEqual([]);
});
