// Servers that the real Claude Code starts by its Bash tool: noticed among its processes, offered, shown after a yes, and gone when they end.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inState, makeProject, visit } from '../testing/previews/preview-here.ts';
import { startTalk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const server = `const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const page = (_q, s) => s.setHeader('content-type', 'text/html').end('<p>Claude’s');
const server = createServer(page).listen(0, '127.0.0.1', () => {
  writeFileSync('pid', String(process.pid));
  console.log('Local: http://localhost:' + server.address().port + '/');
});
`;

test('a server that Claude leaves in the background is offered, shown after a yes, and forgotten when it ends', async () => {
  const cwd = makeProject(daemon, 'claudes', { 'server.cjs': server });
  const talk = await startTalk(daemon, { cwd });
  const command =
    'nohup node server.cjs > out.log 2>&1 & while ! grep -q Local out.log; do :; done; cat out.log';
  await talk.allowing(`[[bash ${command}]]`);
  const offered = await until(
    'the server is offered',
    async () =>
      (await daemon.client.command('preview.list', {})).previews.find(({ kind }) => kind === 'found'),
    { seconds: 40 },
  );
  const { conversationId } = talk;
  expect(offered).toMatchObject({
    state: 'offered',
    folder: cwd,
    conversationId,
    isExposed: false,
    command: '',
  });
  const { previewId, port } = offered;
  const visitor = await visit(daemon, previewId);
  expect((await visitor.ask('/')).status).toBe(503);

  await daemon.client.command('preview.start', { previewId });
  await inState(daemon, previewId, 'ready');
  expect((await visitor.ask('/')).body).toBe('<p>Claude’s');
  const { entries } = await daemon.client.command('audit.list', {});
  expect(entries[0]?.words).toBe(`let devices see what listens on port ${offered.appPort} (${cwd})`);

  await talk.allowing('[[bash kill $(cat pid)]]');
  await until('it is forgotten', async () => {
    const { previews } = await daemon.client.command('preview.list', {});
    return !previews.some((one) => one.previewId === previewId);
  });
  expect(port).toBeGreaterThanOrEqual(47_100);
});

test('what is only named, and listens elsewhere, is not offered', async () => {
  const talk = await startTalk(daemon);
  const { port } = new URL(daemon.url);
  await talk.allowing(`[[bash echo http://localhost:${port}/]]`);
  await talk.allowing('[[bash true]]');
  const { previews } = await daemon.client.command('preview.list', {});
  expect(previews.filter(({ appPort }) => appPort === Number(port))).toEqual([]);
});
