// Plays one scenario with a real daemon and a real `claude` against the scripted API, and gives what the CLI printed and what
// everybody else did meanwhile, made neutral.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConversationDraft } from '../daemon/protocol/events.ts';
import type { LogEvent } from '../daemon/testing/daemon-client.ts';
import { isRequest, isTurnEnd, startTalk, type Talk } from '../daemon/testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../daemon/testing/test-daemon.ts';
import { trustFolders } from '../daemon/testing/trust-folders.ts';
import type { Said, Transcript } from '../daemon/testing/transcripts.ts';
import { neutral, shortened } from './neutral-transcript.ts';
import { answerOf, type Scenario } from './transcript-scenarios.ts';

/** One pixel. */
const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const mcpServer = new URL('../daemon/testing/scripted-mcp.mjs', import.meta.url);

export async function recordSession(scenario: Scenario, claude: string): Promise<Transcript> {
  const daemon = await startTestDaemon({
    args: ['--claude', claude],
    ...(scenario.env ? { env: scenario.env } : {}),
  });
  try {
    await prepare(daemon, scenario);
    const talk = await startTalk(daemon, scenario.mode === undefined ? {} : { mode: scenario.mode });
    for (const text of scenario.messages) await converse(talk, scenario, text);
    const { last, runId } = talk.view;
    const events = await daemon.client.readUntil(talk.conversationId, ({ id }) => id === last);
    const spool = readFileSync(join(daemon.home, 'runs', String(runId), 'spool'), 'utf8');
    return transcriptOf({ spool, events, folder: daemon.folder, added: scenario.added ?? [] });
  } finally {
    await daemon.close();
  }
}

async function prepare(daemon: TestDaemon, { hasMcp }: Scenario): Promise<void> {
  writeFileSync(join(daemon.project, 'picture.png'), Buffer.from(picture, 'base64'));
  const skill = join(daemon.folder, 'world', 'claude', 'skills', 'greet');
  mkdirSync(skill, { recursive: true });
  writeFileSync(join(skill, 'SKILL.md'), '---\nname: greet\ndescription: Greets\n---\n\nSay good evening.\n');
  if (!hasMcp) return;
  const mcpServers = { parrot: { type: 'stdio', command: process.execPath, args: [mcpServer.pathname] } };
  // The daemon's own look at `claude` lets that write its state anew.
  await daemon.client.readUntil('lobby', ({ type }) => type === 'claude.checked');
  writeFileSync(join(daemon.folder, 'world', 'claude', '.claude.json'), JSON.stringify({ mcpServers }));
  await trustFolders(daemon, [daemon.project]);
}

const isEmpty = (list: readonly unknown[]) => list.length === 0;

/** Until the turn is over, and all that goes on in the background with the turns that it brings. */
async function converse(talk: Talk, scenario: Scenario, text: string): Promise<void> {
  const answer = answerOf(scenario);
  await talk.say(text);
  for (let isOver = false; !isOver; ) {
    const event = (await talk.next((e) => isRequest(e) || isTurnEnd(e))).at(-1);
    if (event && isRequest(event)) {
      await talk.answer(event, answer(String(event['tool']), event['input'] as Record<string, never>));
    }
    const { tasks, queue, unanswered } = talk.view;
    isOver = event !== undefined && isTurnEnd(event) && [tasks, queue, unanswered].every(isEmpty);
  }
}

function transcriptOf(recorded: {
  spool: string;
  events: readonly LogEvent[];
  folder: string;
  added: readonly string[];
}): Transcript {
  const { spool, events, folder, added } = recorded;
  const bytes = Buffer.from(spool);
  const linesUpTo = (offset: number) => bytes.subarray(0, offset).toString().split('\n').length - 1;
  let afterLine = 0;
  const said: Said[] = [];
  for (const { id: _id, at: _at, source, ...draft } of events) {
    if (source !== undefined) afterLine = linesUpTo((source as { offset: number }).offset);
    // It came through the same parser that wrote it.
    else said.push({ afterLine, draft: draft as unknown as ConversationDraft });
  }
  const lines = spool.split('\n').slice(0, -1).map(shortened).concat(added);
  const [neutralSpool = '', neutralSaid = '[]'] = neutral(
    [lines.map((line) => `${line}\n`).join(''), JSON.stringify(said)],
    [
      [join(folder, 'project'), '/home/ana/project'],
      [join(folder, 'world', 'claude'), '/home/ana/.claude'],
      [folder, '/home/ana'],
    ],
  );
  return { spool: neutralSpool, said: JSON.parse(neutralSaid) };
}
