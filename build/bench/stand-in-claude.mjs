#!/usr/bin/env node
// Stands in for `claude` in the benchmark only: it speaks just enough of the CLI's protocol to stream deltas whose text is the
// moment they were written (ns of the monotonic clock, which all processes share). BENCH_COUNT deltas, BENCH_EVERY_MS apart.
import { createInterface } from 'node:readline';

const args = process.argv.slice(2);
if (args.includes('--version')) {
  console.log('2.1.329 (stand-in)');
  process.exit(0);
}
if (args[0] === 'auth') {
  console.log('{"loggedIn":true}');
  process.exit(0);
}
const count = Number(process.env.BENCH_COUNT ?? 100);
const every = Number(process.env.BENCH_EVERY_MS ?? 0);
/** @param {object} line */
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
/** @param {object} e */
const event = (e) => say({ type: 'stream_event', event: e, parent_tool_use_id: null });
const delta = () => {
  const text = `${process.hrtime.bigint()} `;
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
};

async function turn() {
  say({
    type: 'system',
    subtype: 'init',
    uuid: crypto.randomUUID(),
    session_id: crypto.randomUUID(),
    model: 'm',
    permissionMode: 'default',
    claude_code_version: '2.1.329',
  });
  event({ type: 'message_start', message: { id: 'msg' } });
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text' } });
  for (let n = 0; n < count; n++) {
    delta();
    if (every > 0) await new Promise((resolve) => setTimeout(resolve, every));
    else if (n % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  say({ type: 'result', subtype: 'success', is_error: false, result: '', total_cost_usd: 0 });
}

if (process.env.BENCH_AT_ONCE) await turn();
else {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) if (JSON.parse(line).type === 'user') void turn();
}
