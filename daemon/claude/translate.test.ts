// The edges of translation that no recorded session has; what the real CLI printed is in transcripts.test.ts.
import { expect, test } from 'vitest';
import { translateSpool } from '../testing/translate-spool.ts';

const drafts = (...lines: readonly unknown[]) =>
  translateSpool(
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  ).map(({ draft }) => draft);

test('a line that is no JSON, and one of an unknown type, are kept as they came', () => {
  expect(drafts('Warning: something', { type: 'moon_phase', phase: 'full' })).toEqual([
    { type: 'line.kept', line: 'Warning: something' },
    { type: 'line.kept', line: { type: 'moon_phase', phase: 'full' } },
  ]);
});

const streamed = (event: object, more: object = {}) => ({
  type: 'stream_event',
  parent_tool_use_id: null,
  event,
  ...more,
});
const half = [
  streamed({ type: 'message_start', message: { id: 'one' } }),
  streamed({ type: 'content_block_start', index: 0, content_block: { type: 'text' } }),
  streamed({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'half' } }),
];
const whole = (id: string, more: object = {}) => ({
  type: 'assistant',
  message: { id, content: [{ type: 'text', text: 'whole' }] },
  parent_tool_use_id: null,
  ...more,
});

test('half an answer is void when the CLI says so, and when a message that was not streamed takes its place', () => {
  const abandoned = streamed({ type: 'message_stop' }, { abandoned_blocks: { from_block_index: 0 } });
  const dropped = { type: 'block.dropped', blockId: 'one:0' };
  expect(drafts(...half, abandoned, whole('two')).filter(({ type }) => type === 'block.dropped')).toEqual([
    dropped,
  ]);
  expect(drafts(...half, whole('two')).filter(({ type }) => type === 'block.dropped')).toEqual([dropped]);
});

test('half an answer stays while an agent speaks', () => {
  const agent = whole('two', { parent_tool_use_id: 'toolu_agent' });
  expect(drafts(...half, agent).map(({ type }) => type)).toEqual(['text.delta', 'text.finished']);
});

test('a session without the place to go on from is as lost as one that is gone', () => {
  const result = { type: 'result', subtype: 'error_during_execution', is_error: true };
  for (const error of [
    'No conversation found with session ID: a',
    'No message found with message.uuid of: b',
  ])
    expect(drafts({ ...result, errors: [error] })).toEqual([{ type: 'session.lost' }]);
});
