// A daemon full of hostile text: in what Claude says and thinks, in files, their names, diffs, output of commands, names of tools,
// errors, questions, titles, folders, uploads, devices, settings of a project and the audit log. Made through the daemon's own doors.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiError, text, thinking, tool } from '../../daemon/testing/scripted-api/replies.ts';
import { sendFile } from '../../daemon/testing/send-file.ts';
import { startTalk, type Talk } from '../../daemon/testing/talk.ts';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { names, payloads } from './payloads.ts';

const inOnePiece = { chunk: 100_000 };

/** What to look at, and how to open all of it. */
export interface PoisonedPlace {
  readonly name: string;
  readonly path: string;
  /** Words that are there when it is drawn. */
  readonly shows: string;
  /** Of the first 130 payloads so many stand there as text, or the look at the place would prove nothing. */
  readonly least: number;
}

export async function poison(daemon: TestDaemon, away: string): Promise<readonly PoisonedPlace[]> {
  const all = payloads(away);
  const lines = names(away, 199);
  const fileNames = names(away, 200).map((name) => name.replaceAll('/', '-'));
  bring(daemon, lines);
  for (const name of fileNames) {
    writeFileSync(join(daemon.project, name), name);
    mkdirSync(join(daemon.folder, name));
  }
  writeFileSync(join(daemon.project, 'all.txt'), all.join('\n'));
  script(daemon, { all, lines, name: fileNames[0] ?? '' });
  // The last come first in the audit log, which shows a part of it.
  for (const name of lines.toReversed()) await daemon.owner.run('token.create', { name });
  for (const title of lines.slice(0, 40))
    await daemon.client.command('conversation.create', { cwd: daemon.project, title });
  const [said, sent, did, asks] = await Promise.all([
    say(daemon),
    send(daemon, fileNames),
    act(daemon),
    ask(daemon),
  ]);
  return [
    { name: 'answers and thoughts', path: `/c/${said.conversationId}`, shows: 'onload', least: 120 },
    { name: 'uploads and errors', path: `/c/${sent.conversationId}`, shows: 'onload', least: 50 },
    { name: 'tools and a request', path: `/c/${did.conversationId}`, shows: 'Allow', least: 120 },
    { name: 'a question', path: `/c/${asks.conversationId}`, shows: 'Answer', least: 60 },
    { name: 'titles', path: '/', shows: 'onerror', least: 120 },
    { name: 'folders', path: '/new', shows: 'onerror', least: 120 },
    { name: 'devices', path: '/devices', shows: 'onerror', least: 120 },
    { name: 'the audit log', path: '/audit', shows: 'onerror', least: 80 },
  ];
}

/** A project that brings hooks, servers, variables and rules. */
function bring({ project }: TestDaemon, lines: readonly string[]): void {
  const hooks = lines.map((command) => ({ type: 'command', command }));
  const settings = {
    hooks: { SessionStart: [{ hooks }] },
    env: Object.fromEntries(lines.slice(0, 20).map((line) => [line, line])),
    permissions: { allow: lines.slice(0, 20).map((line) => `Bash(${line})`) },
  };
  mkdirSync(join(project, '.claude'));
  writeFileSync(join(project, '.claude', 'settings.json'), JSON.stringify(settings));
  const mcpServers = Object.fromEntries(
    lines.slice(0, 20).map((line) => [line, { command: line, args: [line] }]),
  );
  writeFileSync(join(project, '.mcp.json'), JSON.stringify({ mcpServers }));
}

function script(
  { api }: TestDaemon,
  { all, lines, name }: { all: readonly string[]; lines: readonly string[]; name: string },
): void {
  const path = (folder: string) => join(folder, `new ${name}`);
  const whole = all.join('\n');
  api.script('poison', [() => [thinking(all.join('\n\n'), inOnePiece), text(all.join('\n\n'), inOnePiece)]]);
  api.script('broken', [
    () => apiError(400, { type: 'invalid_request_error', message: whole.slice(0, 8000) }),
  ]);
  api.script('tools', [
    ({ folder }) => [tool('Write', { file_path: path(folder), content: `one\n${whole}` })],
    ({ folder }) => [
      tool('Edit', {
        file_path: path(folder),
        old_string: all[0] ?? '',
        new_string: all.toReversed().join('\n'),
      }),
    ],
    ({ folder }) => [tool('Read', { file_path: join(folder, 'all.txt') })],
    () => [tool(`mcp__${all[0]}__${all[1]}`, { [all[2] ?? '']: whole })],
    () => [tool('Bash', { command: 'cat all.txt', description: all[3] })],
  ]);
  // Behind a sign that makes it a remark, or the command would be too odd for Claude Code to ask about.
  const command = `touch made.txt # ${lines.join(' ')}`;
  api.script('request', [() => [tool('Bash', { command, description: all[3] })]]);
  const options = all.slice(2, 5).map((label) => ({ label, description: whole.slice(0, 3000) }));
  const question = { question: `${all[0]}?`, header: '<svg onload', multiSelect: false, options };
  api.script('question', [() => [tool('AskUserQuestion', { questions: [question] })]]);
}

async function say(daemon: TestDaemon): Promise<Talk> {
  const talk = await startTalk(daemon);
  await talk.allowing('[[poison]]');
  return talk;
}

async function send(daemon: TestDaemon, fileNames: readonly string[]): Promise<Talk> {
  const talk = await startTalk(daemon);
  const { conversationId } = talk;
  const attachments: string[] = [];
  for (const name of fileNames.slice(0, 20))
    attachments.push(await sendFile(daemon.client, { conversationId, name, bytes: Buffer.from('x') }));
  const message = { conversationId, clientId: 'files', text: '[[broken]]', attachments };
  await daemon.client.command('message.send', message);
  await talk.ended();
  return talk;
}

async function act(daemon: TestDaemon): Promise<Talk> {
  const talk = await startTalk(daemon, { mode: 'acceptEdits' });
  await talk.allowing('[[tools]]');
  await talk.say('[[request]]');
  await talk.asked();
  return talk;
}

async function ask(daemon: TestDaemon): Promise<Talk> {
  const talk = await startTalk(daemon);
  await talk.say('[[question]]');
  await talk.asked();
  return talk;
}
