// A project that brings a hook and a server, against the real Claude Code: neither runs until somebody trusted just that.
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDaemonClient } from '../testing/daemon-client.ts';
import { startTalk, type Talk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { trustFolders } from '../testing/trust-folders.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

/** A project whose hook leaves a file in `name`'s folder when Claude starts there. */
function makeProject(name: string): { cwd: string; setHook: (file: string) => void } {
  const cwd = join(daemon.folder, name);
  mkdirSync(join(cwd, '.claude'), { recursive: true });
  const setHook = (file: string) => {
    const hook = { type: 'command', command: `touch ${join(cwd, file)}` };
    const settings = { hooks: { SessionStart: [{ hooks: [hook] }] } };
    writeFileSync(join(cwd, '.claude', 'settings.json'), JSON.stringify(settings));
  };
  setHook('hooked');
  const server = {
    command: process.execPath,
    args: ['-e', `fs.writeFileSync(${JSON.stringify(join(cwd, 'served'))}, '')`],
  };
  writeFileSync(join(cwd, '.mcp.json'), JSON.stringify({ mcpServers: { parrot: server } }));
  return { cwd: realpathSync(cwd), setHook };
}

const left = (cwd: string) =>
  ['hooked', 'served', 'hooked-again'].filter((file) => existsSync(join(cwd, file)));
const sayFor = async (talk: Talk, text: string) => {
  await talk.say(text);
  return talk.ended();
};
const auditOf = async () => (await daemon.client.command('audit.list', {})).entries;

test('nothing of a folder runs before it is trusted, and then in the very same conversation', async () => {
  const { cwd, setHook } = makeProject('bringing');
  const talk = await startTalk(daemon, { cwd });
  await sayFor(talk, '[[text one]]');
  expect(left(cwd)).toEqual([]);
  const { state, brings } = await daemon.client.command('folder.inspect', { path: cwd });
  expect(state).toBe('untrusted');
  expect(brings.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['hook SessionStart', 'server parrot']);

  await trustFolders(daemon, [cwd]);
  await sayFor(talk, '[[text two]]');
  expect(left(cwd)).toEqual(['hooked', 'served']);

  // A pull brings another hook: it does not run, and the folder asks again.
  setHook('hooked-again');
  await talk.endProcess();
  await sayFor(talk, '[[text three]]');
  expect(left(cwd)).toEqual(['hooked', 'served']);
  expect((await daemon.client.command('folder.inspect', { path: cwd })).state).toBe('changed');
  expect(await auditOf()).toMatchObject([
    { act: 'folder.trust', label: 'test', words: expect.stringContaining('hook SessionStart: touch ') },
    { act: 'token.create', label: 'This computer' },
  ]);
});

test('a device that may only read or talk trusts no folder', async () => {
  const { cwd } = makeProject('not-theirs');
  const { token } = await daemon.owner.run('token.create', { name: 'reader', scopes: ['read', 'use'] });
  const reader = createDaemonClient({ url: daemon.url, home: daemon.home, token });
  const { brings } = await reader.command('folder.inspect', { path: cwd });
  await expect(reader.command('folder.trust', { path: cwd, brings })).rejects.toThrow('forbidden');
  await expect(reader.command('audit.list', {})).rejects.toThrow('forbidden');
});

test('answers to requests leave a line with the very command, and the chain outlives a kill', async () => {
  const talk = await startTalk(daemon, { title: 'Tidy up' });
  await talk.allowing('[[bash touch audited.txt]]');
  await talk.denying('[[bash touch denied.txt]]');
  await daemon.stop('SIGKILL');
  await daemon.start();
  const { entries, brokenAt } = await daemon.client.command('audit.list', {});
  expect(brokenAt).toBeNull();
  expect(entries.slice(0, 2).map(({ label, words }) => `${label} ${words}`)).toEqual([
    'test denied Bash: touch denied.txt (in “Tidy up”)',
    'test allowed Bash: touch audited.txt (in “Tidy up”)',
  ]);
});
