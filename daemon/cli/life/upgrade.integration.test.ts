// Another version in the place of this one, and back again: with packages made of this one's own, installed by the real npm without
// a network, while the real Claude speaks.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InstalledProgram, installPatience, installProgram } from '../../testing/installed-program.ts';
import { freePort } from '../../testing/persons-computer.ts';
import { type ScriptedApi, startScriptedApi } from '../../testing/scripted-api/server.ts';

let api: ScriptedApi;
let computer: InstalledProgram;
let start: readonly string[];

beforeAll(async () => {
  api = await startScriptedApi();
  computer = await installProgram(api);
  start = ['start', '--quiet', '--host', '127.0.0.1', '--tray', 'off', '--port', `${await freePort()}`];
}, installPatience);

afterAll(async () => {
  await computer.close();
  await api.close();
});

const pangram = 'The quick brown fox jumps over the lazy dog. ';
const status = async () => JSON.parse((await computer.run('status', '--json')).stdout);
const modules = () => readdirSync(join(computer.prefix, 'lib/node_modules'));
test('a version that does not come up is taken back by itself, and Claude, in mid-stream, notices nothing', async () => {
  const file = await computer.packOther('0.2.0', {
    marker: 'await prepareHome(home, world.uid)',
    edit: (text) => text.replace('await prepareHome(home, world.uid)', 'throw new Error("no light here")'),
  });
  await computer.run(...start);
  const client = await computer.client();
  const { conversationId } = await client.command('conversation.create', { cwd: computer.personHome });
  await client.command('message.send', { conversationId, clientId: 'm1', text: '[[slow 50 60]]' });
  await client.readUntil(conversationId, ({ type }) => type === 'text.delta');

  const { code, stderr } = await computer.run('upgrade', file);

  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /0\.2\.0 did not come up: [\s\S]*no light here[\s\S]*0\.1\.0 is back, and the light is on/,
    ),
  ]);
  expect(await status()).toMatchObject({ version: '0.1.0', urls: [client.url] });
  expect(modules()).toEqual(['porchlight']);
  const events = await client.readUntil(conversationId, ({ type }) => type === 'turn.finished');
  expect(events.filter(({ type }) => type === 'text.finished').map(({ text }) => text)).toEqual([
    pangram.repeat(60),
  ]);
  expect(events.map(({ type }) => type)).not.toContain('turn.interrupted');
  await computer.run('stop');
});

test('a version that works is put in the place of this one, and it works on with the same conversations', async () => {
  const file = await computer.packOther('0.3.0');
  await computer.run(...start);
  const client = await computer.client();
  const { conversationId } = await client.command('conversation.create', { cwd: computer.personHome });
  expect(await computer.run('upgrade', '--check', '--json', file)).toMatchObject({
    stdout: '{"current":"0.1.0","offered":"0.3.0","isNew":true}\n',
  });
  expect(await status()).toMatchObject({ version: '0.1.0' });
  const other = join(computer.folder, 'other home');
  await computer.run(
    'start',
    '--quiet',
    '--home',
    other,
    '--host',
    '127.0.0.1',
    '--tray',
    'off',
    '--port',
    '0',
  );
  expect(await computer.run('upgrade', file)).toMatchObject({
    code: 0,
    stdout: [
      'Porchlight 0.3.0 is installed (it was 0.1.0), and the light is on.',
      `Another home still runs 0.1.0; put it right with: porchlight restart --home "${other}"`,
      '',
    ].join('\n'),
  });
  expect(await computer.run('restart', '--home', other)).toMatchObject({ code: 0 });
  await computer.run('stop', '--home', other);
  expect(await status()).toMatchObject({ version: '0.3.0', urls: [client.url] });
  expect(
    (await client.command('conversation.list', {})).conversations.map((c) => c.conversationId),
  ).toContain(conversationId);
  await computer.run('stop');
});

test('an older version is put back the same way; where the light was out, it is out afterwards', async () => {
  expect(await computer.run('upgrade', await computer.packOther('0.1.0'))).toMatchObject({ code: 0 });
  expect(await computer.run('--version')).toMatchObject({ stdout: '0.1.0\n' });
  expect(await computer.run('status')).toMatchObject({ code: 7 });
});

test('a version that does not even run is refused before anything is stopped', async () => {
  const file = await computer.packOther('0.4.0', {
    marker: 'Porchlight needs Node.js 20.19',
    edit: () => 'no program (',
  });
  await computer.run(...start);
  const { pid } = await status();
  const { code, stderr } = await computer.run('upgrade', file);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/does not run here, so nothing was changed.*SyntaxError/),
  ]);
  expect(await status()).toMatchObject({ pid });
  await computer.run('stop');
});

test('a version that cannot read what a newer one wrote is refused before anything is stopped', async () => {
  await computer.run(...start);
  const { pid } = await status();
  const epoch = join(computer.home, 'epoch');
  const before = readFileSync(epoch, 'utf8');
  writeFileSync(epoch, before.replace('format 1', 'format 2'));
  const { code, stderr } = await computer.run('upgrade', await computer.packOther('0.1.0'));
  writeFileSync(epoch, before);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/cannot read the conversations.*format 2; it knows 1/),
  ]);
  expect(await status()).toMatchObject({ pid });
  await computer.run('stop');
});

test('what is no package of Porchlight’s, and what cannot be looked for, is refused with a sentence', async () => {
  const file = join(computer.folder, 'none.tgz');
  writeFileSync(file, 'no package');
  const tries = [[file], ['no-such-file.tgz'], ['--check'], ['0.9.0']];
  const found = await Promise.all(tries.map((args) => computer.run('upgrade', ...args)));
  expect(found.map(({ code, stderr }) => [code, stderr])).toEqual([
    [1, expect.stringMatching(/^npm install failed; nothing was changed\./)],
    [2, expect.stringMatching(/^There is no package file .*no-such-file\.tgz/)],
    [1, expect.stringContaining('not on any registry')],
    [1, expect.stringContaining('not on any registry')],
  ]);
  expect(await computer.run('--version')).toMatchObject({ code: 0 });
});
