// Stands in for `claude` in the chaos runs: quick, and the same for the same message. Speaks the CLI's stream-json as measured
// (2.1.329). Like the real one it never runs a message id twice in a session, also after --resume. Called as
// `node stand-in-claude.mjs <witness folder> <claude's arguments>`; the folder gets what it did, for the checker to compare.
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { replyTo } from './reply.mjs';

const [folder = '', ...args] = process.argv.slice(2);
const at = args.findIndex((arg) => arg === '--session-id' || arg === '--resume');
const sessionId = args[at + 1] ?? '';
const session = join(folder, 'sessions', sessionId);
mkdirSync(join(folder, 'sessions'), { recursive: true });

/** @type {{ uuid: string }[]} */
const queue = [];
/** @type {Map<string, (answer: { behavior: string }) => void>} */
const asked = new Map();
const known = new Set(knownBefore());
/** @type {AbortController | undefined} */
let turn;
let turns = 0;

/** @param {object} line */
function say(line) {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done);
}
/** @param {object} event */
const stream = (event) =>
  say({ type: 'stream_event', event, parent_tool_use_id: null, session_id: sessionId });
/** @param {string} name @param {string} words */
const witness = (name, words) => appendFileSync(join(folder, name), `${words}\n`);
/** An id that is the same each time. @param {string} of */
const idOf = (of) => {
  const hex = createHash('sha256').update(of).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

process.once('SIGTERM', () => process.exit(143));
for await (const text of createInterface({ input: process.stdin })) hear(JSON.parse(text));

/** @param {any} line */
function hear(line) {
  if (line.type === 'user') return take(line.uuid);
  if (line.type === 'control_response') {
    say(line);
    return asked.get(line.response.request_id)?.(line.response.response);
  }
  if (line.type !== 'control_request') return;
  say({
    type: 'control_response',
    response: { subtype: 'success', request_id: line.request_id, response: {} },
  });
  if (line.request.subtype === 'interrupt') turn?.abort();
}

/** @param {string} uuid */
function take(uuid) {
  if (known.has(uuid)) return;
  known.add(uuid);
  appendFileSync(session, `${uuid}\n`);
  say({ type: 'command_lifecycle', command_uuid: uuid, state: 'queued' });
  queue.push({ uuid });
  if (!turn) void runAll();
}

async function runAll() {
  for (let next = queue.shift(); next; next = queue.shift()) {
    turn = new AbortController();
    await run(next.uuid, turn.signal);
    turn = undefined;
  }
}

/** @param {string} uuid @param {AbortSignal} signal */
async function run(uuid, signal) {
  witness('ran', `${uuid} ${process.pid}`);
  turns += 1;
  const turnId = idOf(`turn ${uuid}`);
  say({ type: 'command_lifecycle', command_uuid: uuid, state: 'started' });
  say({
    ...{ type: 'system', subtype: 'init', uuid: turnId, session_id: sessionId, model: 'stand-in' },
    ...{ permissionMode: 'default', claude_code_version: '2.1.329' },
  });
  say({
    type: 'user',
    uuid,
    isReplay: true,
    message: { role: 'user', content: '' },
    parent_tool_use_id: null,
  });
  const text = await answer(uuid, signal).catch((/** @type {unknown} */ error) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  const usage = { input_tokens: 10 + turns, output_tokens: 5 };
  const facts = { uuid: idOf(`result ${uuid}`), duration_ms: 5, usage, total_cost_usd: turns / 1000 };
  if (text === undefined) {
    const ended = { subtype: 'error_during_execution', is_error: true, terminal_reason: 'aborted_streaming' };
    say({ type: 'result', ...ended, ...facts });
  } else say({ type: 'result', subtype: 'success', is_error: false, result: text, ...facts });
  witness('finished', `${turnId} ${process.pid}`);
}

/** @param {string} uuid @param {AbortSignal} signal */
async function answer(uuid, signal) {
  const { deltas, thinks, usesTool, asks, pauseMs } = replyTo(uuid);
  const gap = () => (pauseMs === 0 ? pause(0, undefined, { signal }) : pause(pauseMs, undefined, { signal }));
  const id = `msg_${uuid}`;
  const whole = (/** @type {object} */ block) =>
    say({
      ...{ type: 'assistant', uuid: idOf(JSON.stringify(block) + uuid), parent_tool_use_id: null },
      message: { id, content: [block], usage: { input_tokens: turns, output_tokens: 1 } },
    });
  let index = 0;
  stream({ type: 'message_start', message: { id } });
  if (thinks) {
    stream({ type: 'content_block_start', index, content_block: { type: 'thinking' } });
    stream({ type: 'content_block_delta', index, delta: { type: 'thinking_delta', thinking: `hm ${uuid}` } });
    whole({ type: 'thinking', thinking: `hm ${uuid}` });
    stream({ type: 'content_block_stop', index: index++ });
  }
  if (usesTool) {
    const tool = { type: 'tool_use', id: `toolu_${uuid}`, name: 'Bash', input: { command: `echo ${uuid}` } };
    stream({
      type: 'content_block_start',
      index,
      content_block: { type: 'tool_use', id: tool.id, name: 'Bash' },
    });
    whole(tool);
    stream({ type: 'content_block_stop', index: index++ });
    await gap();
    const isAllowed = !asks || (await ask(tool, signal));
    const content = [{ type: 'tool_result', tool_use_id: tool.id, is_error: !isAllowed, content: 'done' }];
    say({ type: 'user', message: { role: 'user', content }, parent_tool_use_id: null });
  }
  stream({ type: 'content_block_start', index, content_block: { type: 'text' } });
  for (const text of deltas) {
    stream({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });
    await gap();
  }
  whole({ type: 'text', text: deltas.join('') });
  stream({ type: 'content_block_stop', index });
  return deltas.join('');
}

/** @param {{ id: string, input: object }} tool @param {AbortSignal} signal */
async function ask(tool, signal) {
  const requestId = `ask-${tool.id}`;
  try {
    const behavior = await new Promise((resolve, reject) => {
      asked.set(requestId, (answer) => resolve(answer.behavior));
      signal.addEventListener('abort', reject);
      const request = { subtype: 'can_use_tool', tool_name: 'Bash', input: tool.input, tool_use_id: tool.id };
      say({ type: 'control_request', request_id: requestId, request });
    });
    return behavior === 'allow';
  } catch (error) {
    say({ type: 'control_cancel_request', request_id: requestId });
    throw error;
  } finally {
    asked.delete(requestId);
  }
}

function knownBefore() {
  try {
    return readFileSync(session, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}
