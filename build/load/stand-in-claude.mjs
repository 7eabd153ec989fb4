#!/usr/bin/env node
// Stands in for `claude` under load and under the fuzz: answers what it is asked at once and streams as many deltas as the
// message says (`<deltas> <ms between>`, none otherwise). Each delta's text is its number and the moment it was written, in ns
// of the monotonic clock, which all processes share.
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const args = process.argv.slice(2);
if (args.includes('--version')) {
  console.log('2.1.329 (stand-in)');
  process.exit(0);
}
if (args[0] === 'auth') {
  console.log('{"loggedIn":true}');
  process.exit(0);
}
/** @param {object} line */
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
/** @param {object} event */
const stream = (event) => say({ type: 'stream_event', event, parent_tool_use_id: null });

/** @type {{ uuid: string, text: string }[]} */
const queue = [];
/** @type {AbortController | undefined} */
let turn;
process.once('SIGTERM', () => process.exit(143));
for await (const text of createInterface({ input: process.stdin })) hear(JSON.parse(text));

/** @param {any} line */
function hear(line) {
  if (line.type === 'user') {
    const { content } = line.message;
    const text = typeof content === 'string' ? content : (content.at(-1)?.text ?? '');
    queue.push({ uuid: line.uuid, text });
    if (!turn) void runAll();
  }
  if (line.type !== 'control_request') return;
  const { request_id, request } = line;
  say({ type: 'control_response', response: { subtype: 'success', request_id, response: {} } });
  if (request.subtype === 'interrupt') turn?.abort();
}

async function runAll() {
  for (let next = queue.shift(); next; next = queue.shift()) {
    turn = new AbortController();
    await run(next, turn.signal);
    turn = undefined;
  }
}

/** @param {{ uuid: string, text: string }} message @param {AbortSignal} signal */
async function run({ uuid, text }, signal) {
  const [, count = 0, everyMs = 0] = /^(\d+) (\d+)$/.exec(text)?.map(Number) ?? [];
  const session_id = crypto.randomUUID();
  const init = { subtype: 'init', uuid: crypto.randomUUID(), session_id, model: 'stand-in' };
  say({ type: 'system', ...init, permissionMode: 'default', claude_code_version: '2.1.329' });
  const replay = { uuid, isReplay: true, parent_tool_use_id: null };
  say({ type: 'user', ...replay, message: { role: 'user', content: '' } });
  stream({ type: 'message_start', message: { id: `msg_${uuid}` } });
  stream({ type: 'content_block_start', index: 0, content_block: { type: 'text' } });
  let written = '';
  for (let n = 0; n < count && !signal.aborted; n++) {
    const words = `${n}:${process.hrtime.bigint()} `;
    written += words;
    stream({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: words } });
    if (everyMs > 0) await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
  const content = [{ type: 'text', text: written }];
  const spoken = { uuid: crypto.randomUUID(), parent_tool_use_id: null };
  if (written !== '') say({ type: 'assistant', ...spoken, message: { id: `msg_${uuid}`, content } });
  stream({ type: 'content_block_stop', index: 0 });
  const facts = { uuid: crypto.randomUUID(), duration_ms: 5, total_cost_usd: 0 };
  if (signal.aborted) say({ type: 'result', subtype: 'error_during_execution', is_error: true, ...facts });
  else say({ type: 'result', subtype: 'success', is_error: false, result: '', ...facts });
}
