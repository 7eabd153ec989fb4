import { afterEach, beforeEach, expect, test } from 'vitest';
import { drop, headers, pause, stop, streamError, text, thinking, tool, usage } from './replies.ts';
import { type ScriptedApi, startScriptedApi } from './server.ts';

let api: ScriptedApi;
beforeEach(async () => {
  api = await startScriptedApi();
});
afterEach(() => api.close());

interface Asking {
  readonly stream?: boolean;
  readonly session?: string;
  readonly body?: object;
}

const ask = (content: string, { stream = true, session = 's1', body = {} }: Asking = {}) =>
  fetch(`${api.url}/v1/messages?beta=true`, {
    method: 'POST',
    headers: { 'x-claude-code-session-id': session },
    body: JSON.stringify({ model: 'm', stream, messages: [{ role: 'user', content }], ...body }),
  });

interface Event {
  readonly type: string;
  readonly index?: number;
  readonly delta?: Readonly<Record<string, unknown>>;
  readonly error?: object;
}
const eventsOf = async (response: Response): Promise<Event[]> =>
  [...(await response.text()).matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as Event);

test('streams blocks in the order and the shapes of the Messages API', async () => {
  api.script('mixed', [
    () => [
      thinking('hm'),
      text('a'),
      pause(1),
      text('b'),
      tool('Bash', { command: 'ls' }),
      usage({ output_tokens: 9 }),
    ],
  ]);
  const events = await eventsOf(await ask('[[mixed]]'));
  expect(events.map(({ type, index, delta }) => [type, index, delta])).toEqual([
    ['message_start', undefined, undefined],
    ['content_block_start', 0, undefined],
    ['content_block_delta', 0, { type: 'thinking_delta', thinking: 'hm' }],
    ['content_block_delta', 0, { type: 'signature_delta', signature: expect.any(String) }],
    ['content_block_stop', 0, undefined],
    ['content_block_start', 1, undefined],
    ['content_block_delta', 1, { type: 'text_delta', text: 'a' }],
    ['content_block_delta', 1, { type: 'text_delta', text: 'b' }],
    ['content_block_stop', 1, undefined],
    ['content_block_start', 2, undefined],
    ['content_block_delta', 2, { type: 'input_json_delta', partial_json: '{"command":"ls"}' }],
    ['content_block_stop', 2, undefined],
    ['message_delta', undefined, { stop_reason: 'tool_use', stop_sequence: null }],
    ['message_stop', undefined, undefined],
  ]);
});

test('cuts no character in two', async () => {
  api.script('owls', [() => [text('🦉🦉🦉', { chunk: 1 })]]);
  const events = await eventsOf(await ask('[[owls]]'));
  expect(events.flatMap(({ delta }) => delta?.['text'] ?? [])).toEqual(['🦉', '🦉', '🦉']);
});

test('answers whole when no stream is asked for', async () => {
  api.script('whole', [() => [text('all'), stop('max_tokens'), headers({ 'x-extra': 'yes' })]]);
  const response = await ask('[[whole]]', { stream: false });
  expect([response.headers.get('x-extra'), await response.json()]).toEqual([
    'yes',
    expect.objectContaining({
      content: [{ type: 'text', text: 'all' }],
      stop_reason: 'max_tokens',
      model: 'm',
    }),
  ]);
});

test('holds a reply at its gate, tells when it is there, and lets it go on', async () => {
  const reply = ask('[[hold gate]]');
  await api.waiting('gate');
  await api.waiting('gate');
  api.release('gate');
  const events = await eventsOf(await reply);
  expect(events.flatMap(({ delta }) => delta?.['text'] ?? [])).toEqual([
    'before the gate ',
    'after the gate',
  ]);
});

test('a gate released before anybody came lets exactly one through', async () => {
  api.release('gate');
  await eventsOf(await ask('[[hold gate]]'));
  const second = ask('[[hold gate]]');
  await api.waiting('gate');
  api.release('gate');
  expect(await eventsOf(await second)).toHaveLength(7);
});

test('fails as often as the script says, counted for each session apart', async () => {
  const statuses = [];
  for (const session of ['s1', 's2', 's1', 's2']) {
    const response = await ask('[[e529 1]]', { session });
    statuses.push(response.status);
    await response.text();
  }
  expect(statuses).toEqual([529, 529, 200, 200]);
});

test('an error carries the shape and the headers of the real one', async () => {
  const response = await ask('[[e429]]');
  expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
    429,
    '1',
    {
      type: 'error',
      error: { type: 'rate_limit_error', message: 'Rate limited' },
      request_id: expect.stringMatching(/^req_/),
    },
  ]);
});

test('breaks the connection in mid-answer, and can say an error in mid-stream', async () => {
  api.script('broken', [() => [text('half'), drop()]]);
  api.script('late', [() => [text('half'), streamError('overloaded_error', 'Overloaded')]]);
  const broken = ask('[[broken]]').then((response) => response.text());
  await expect(broken).rejects.toThrow();
  expect((await eventsOf(await ask('[[late]]'))).at(-1)).toEqual({
    type: 'error',
    error: { type: 'overloaded_error', message: 'Overloaded' },
  });
});

test("answers the CLI's side requests without a script", async () => {
  const title = await ask('<session>\n[[e500]] and more\n</session>', {
    stream: false,
    body: { system: 'Write a title for the session. Answer in JSON.' },
  });
  const quota = await ask('[[e500]]', { stream: false, body: { max_tokens: 1 } });
  const count = await fetch(`${api.url}/v1/messages/count_tokens`, { method: 'POST', body: 'x'.repeat(9) });
  const head = await fetch(api.url, { method: 'HEAD' });
  expect([await title.json(), quota.status, await count.json(), head.status]).toEqual([
    expect.objectContaining({ content: [{ type: 'text', text: '{"title":"E500 and more"}' }] }),
    200,
    { input_tokens: 3 },
    200,
  ]);
});

test('keeps every request, with the script that answered it', async () => {
  await (await ask('hello [[text a b]]')).text();
  await fetch(`${api.url}/v1/nowhere`);
  expect(api.requests.map(({ method, path, picked }) => ({ method, path, picked }))).toEqual([
    {
      method: 'POST',
      path: '/v1/messages',
      picked: { name: 'text', args: ['a', 'b'], step: 0, attempt: 0, words: 'hello [[text a b]]' },
    },
    { method: 'GET', path: '/v1/nowhere', picked: undefined },
  ]);
});

test('says so when a script throws', async () => {
  api.script('bad', [() => [tool('Read', JSON.parse('no json'))]]);
  const response = await ask('[[bad]]');
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('The script failed'),
  ]);
});

test('closing ends replies that still wait', async () => {
  const reply = ask('[[hold gate]]').then((response) => response.text());
  await api.waiting('gate');
  const settled = reply.then(
    () => 'ended',
    () => 'broken',
  );
  await api.close();
  expect(await settled).toMatch(/ended|broken/);
});
