#!/usr/bin/env node
// A `claude` that misbehaves as the message tells it to (`[[crash]]`, `[[half]]`, …), for the faults that the real one cannot be
// made to show. Says so much of the protocol that a turn begins; never use it where the real one will do.
import { createInterface } from 'node:readline';

const args = process.argv.slice(2);
if (args.includes('--version')) {
  console.log('2.1.329 (faulty)');
  process.exit(0);
}
if (args[0] === 'auth') {
  console.log('{"loggedIn":true}');
  process.exit(0);
}

const sessionId = args[args.indexOf('--session-id') + 1] ?? crypto.randomUUID();
/** @param {object} line */
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
/** @param {object} event */
const stream = (event) => say({ type: 'stream_event', event, parent_tool_use_id: null });
/** @param {string} text */
const delta = (text) =>
  stream({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } });
const forever = () => new Promise(() => setInterval(() => {}, 1 << 30));

function begin() {
  const facts = { model: 'm', permissionMode: 'default', claude_code_version: '2.1.329' };
  say({ type: 'system', subtype: 'init', uuid: crypto.randomUUID(), session_id: sessionId, ...facts });
  stream({ type: 'message_start', message: { id: crypto.randomUUID() } });
  stream({ type: 'content_block_start', index: 0, content_block: { type: 'text' } });
  delta('It begins. ');
}

/** @param {string} text */
function end(text) {
  say({
    type: 'assistant',
    uuid: crypto.randomUUID(),
    parent_tool_use_id: null,
    message: { id: crypto.randomUUID(), content: [{ type: 'text', text }] },
  });
  say({ type: 'result', subtype: 'success', is_error: false, result: text, total_cost_usd: 0 });
}

/** @type {Record<string, (words: string) => unknown>} */
const faults = {
  well: () => end('well'),
  crash: () => process.kill(process.pid, 'SIGKILL'),
  leave: () => process.exit(0),
  fail: () => {
    console.error('It broke: out of luck');
    process.exit(1);
  },
  half: () => process.stdout.write('{"type":"result","subtype":"succ', () => process.exit(0)),
  garbage: () => {
    process.stdout.write('not json at all\n[]\nnull\n7\n{"type":7}\n{"type":"assistant","message":"none"}\n');
    say({ type: 'system', subtype: 'status', permissionMode: 7 });
    say({ type: 'result' });
    end('after the garbage');
  },
  bytes: () => {
    process.stdout.write(Buffer.from([0x7b, 0xff, 0xfe, 0xc3, 0x28, 0x7d, 0x0a]));
    end('after the bytes');
  },
  large: () => {
    const toolId = crypto.randomUUID();
    const message = (/** @type {object} */ block) => ({ id: crypto.randomUUID(), content: [block] });
    say({
      type: 'assistant',
      parent_tool_use_id: null,
      message: message({ type: 'tool_use', id: toolId, name: 'Bash', input: { command: 'cat large' } }),
    });
    const content = 'x'.repeat(32 * 1024 * 1024);
    const result = { type: 'tool_result', tool_use_id: toolId, content };
    say({ type: 'user', parent_tool_use_id: null, message: { role: 'user', content: [result] } });
    end('after the large line');
  },
  flood: async () => {
    for (let n = 0; n < 200_000; n++) {
      delta(`${n} `);
      if (n % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    end('after the flood');
  },
  hang: forever,
  deaf: () => {
    process.stdin.pause();
    return forever();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  if (told.type === 'control_request' && told.request.subtype !== 'interrupt') {
    say({ type: 'control_response', response: { subtype: 'success', request_id: told.request_id } });
  }
  if (told.type !== 'user') continue;
  const words = JSON.stringify(told.message.content);
  if (words.includes('[[mute]]')) await forever();
  say({ type: 'command_lifecycle', command_uuid: told.uuid, state: 'queued' });
  say({ type: 'command_lifecycle', command_uuid: told.uuid, state: 'started' });
  begin();
  await faults[/\[\[(\w+)\]\]/.exec(words)?.[1] ?? 'well']?.(words);
}
