// The real, pinned `claude` against the scripted API: what every other test with a real CLI leans on.
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseDemoScript, demoScripts, finishDemo } from './demo-scripts.ts';
import { type ScriptedApi, startScriptedApi } from './server.ts';
import { type Line, type SpawnedClaude, spawnClaude } from './spawned-claude.ts';

let api: ScriptedApi;
let claude: SpawnedClaude;

beforeEach(async () => {
  api = await startScriptedApi({ scripts: demoScripts, chooseScript: chooseDemoScript, finish: finishDemo });
  claude = await spawnClaude({ apiUrl: api.url });
});

afterEach(async () => {
  await claude.close();
  await api.close();
});

const isResult = (line: Line) => line['type'] === 'result';
const isPermissionRequest = (line: Line) => line['type'] === 'control_request';
const isToolResult = (line: Line) => line['tool_use_result'] !== undefined;
const at = (line: Line, ...path: string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], line);
const deltas = (field: string) =>
  claude.lines
    .filter((line) => line['type'] === 'stream_event')
    .map((line) => at(line, 'event', 'delta', field))
    .filter((piece) => piece !== undefined);

describe('the real claude against the scripted API', { timeout: 30_000 }, () => {
  test('streams a text piece by piece', async () => {
    claude.send('[[long 3]]');
    const result = await claude.next(isResult);
    expect({
      whole: result['result'],
      pieces: deltas('text').length,
      joined: deltas('text').join(''),
    }).toEqual({
      whole: 'The quick brown fox jumps over the lazy dog. '.repeat(3),
      pieces: 4,
      joined: 'The quick brown fox jumps over the lazy dog. '.repeat(3),
    });
  });

  test('shows thinking before the answer', async () => {
    claude.send('[[think]]');
    await claude.next(isResult);
    expect([deltas('thinking').join(''), deltas('text').join('')]).toEqual([
      'Let me consider this carefully, step by step.',
      'I have thought about it.',
    ]);
  });

  test('runs a Bash command in the project', async () => {
    await writeFile(join(claude.folder, 'proof.txt'), '');
    claude.send('[[bash ls]]');
    const ran = await claude.next(isToolResult);
    const result = await claude.next(isResult);
    expect([at(ran, 'tool_use_result', 'stdout'), result['result']]).toEqual(['proof.txt', finished]);
  });

  test('asks for permission and writes the file when it is given', async () => {
    claude.send('[[write new.txt]]');
    const asked = await claude.next(isPermissionRequest);
    claude.answer(asked['request_id'], { behavior: 'allow', updatedInput: at(asked, 'request', 'input') });
    await claude.next(isResult);
    expect(await readFile(join(claude.folder, 'new.txt'), 'utf8')).toBe('line one\nline two\nline three\n');
  });

  test('edits a file and tells the change as a patch', async () => {
    await writeFile(join(claude.folder, 'old.txt'), 'line one\nline two\nline three\n');
    claude.send('[[edit old.txt]]');
    const asked = await claude.next(isPermissionRequest);
    claude.answer(asked['request_id'], { behavior: 'allow', updatedInput: at(asked, 'request', 'input') });
    const edited = await claude.next((line) => at(line, 'tool_use_result', 'structuredPatch') !== undefined);
    expect(at(edited, 'tool_use_result', 'structuredPatch')).toEqual([
      {
        oldStart: 1,
        oldLines: 3,
        newStart: 1,
        newLines: 3,
        lines: [' line one', '-line two', '+line 2 (edited)', ' line three'],
      },
    ]);
  });

  test('waits at a gate in mid-answer until the test lets it go on', async () => {
    claude.send('[[hold here]]');
    await api.waiting('here');
    await claude.next((line) => at(line, 'event', 'delta', 'text') !== undefined);
    const before = { texts: deltas('text'), isOver: claude.lines.some(isResult) };
    api.release('here');
    const result = await claude.next(isResult);
    expect([before, result['result']]).toEqual([
      { texts: ['before the gate '], isOver: false },
      'before the gate after the gate',
    ]);
  });

  test('is tried again after an overloaded server, until it works', async () => {
    claude.send('[[e529 2]]');
    const result = await claude.next(isResult);
    const retries = claude.lines.filter((line) => line['subtype'] === 'api_retry');
    expect([retries.map((line) => line['error_status']), result['result']]).toEqual([
      [529, 529],
      'worked after 2 failures',
    ]);
  });

  test('gets a plan approved', async () => {
    claude.send('[[plan]]');
    const asked = await claude.next(isPermissionRequest);
    claude.answer(asked['request_id'], { behavior: 'allow', updatedInput: at(asked, 'request', 'input') });
    const result = await claude.next(isResult);
    expect([at(asked, 'request', 'input', 'plan'), result['result']]).toEqual([
      '# Plan\n\n1. Write the file\n2. Run the tests\n',
      expect.stringContaining('User has approved your plan.'),
    ]);
  });

  test('takes a no for an answer in the demo, and says what it was told', async () => {
    claude.send('please create a file');
    const asked = await claude.next(isPermissionRequest);
    claude.answer(asked['request_id'], { behavior: 'deny', message: 'Not on a Sunday.' });
    const result = await claude.next(isResult);
    expect(result['result']).toContain('Nothing was changed. This is what reached me:\n\n> Not on a Sunday.');
  });

  test('picks up its history from the session, one model request for one message', async () => {
    claude.send('[[text one]]');
    await claude.next(isResult);
    claude.send('[[text two]]');
    await claude.next(isResult);
    expect(api.requests.map(({ method, path, picked }) => [method, path, picked?.args])).toEqual([
      ['POST', '/v1/messages', ['one']],
      ['POST', '/v1/messages', ['two']],
    ]);
  });
});

describe('the environment of a scripted claude', { timeout: 30_000 }, () => {
  test('keeps it from calling any other host', async () => {
    const calls: string[] = [];
    const proxy = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (data) => {
        calls.push(data.toString('latin1').split('\r\n', 1)[0] ?? '');
        socket.destroy();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const watched = await spawnClaude({
      apiUrl: api.url,
      environment: { HTTPS_PROXY: url, HTTP_PROXY: url, NO_PROXY: '127.0.0.1' },
    });
    watched.send('[[bash echo hi]]');
    await watched.next(isResult);
    await watched.close();
    proxy.close();
    expect(calls).toEqual([]);
  });
});

const finished = 'That was all of it. Say **hello** for the list of things I can show you.';
