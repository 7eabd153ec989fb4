// Previews that run: started as approved, found where they listen, told of when they end, and nothing left of them.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approve,
  inState,
  makeProject,
  nodeProject,
  previewOf,
  startPreview,
  visit,
} from '../testing/previews/preview-here.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const serves = (listen: string) =>
  `const server = require('http').createServer((q, s) => s.setHeader('content-type', 'text/html').end('<p>hello'));\n${listen}`;
const onAnyPort = serves(
  "server.listen(0, '127.0.0.1', () => console.log('\\x1b[36mhttp://localhost:\\x1b[1m' + server.address().port + '\\x1b[22m/\\x1b[39m'));",
);

/** Processes that a preview has left, on Linux: they have its mark. */
function leftOf(previewId: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`PORCHLIGHT_PREVIEW=${previewId}`);
    } catch {
      return false;
    }
  });
}

const stop = (previewId: string) => daemon.client.command('preview.stop', { previewId });

test('a server is approved, started, shown, restarted and stopped, and nothing is left of it', async () => {
  const folder = makeProject(daemon, 'plain', nodeProject(onAnyPort));
  const preview = await startPreview(daemon, folder);
  const { previewId } = preview;
  expect(preview).toMatchObject({
    folder,
    name: 'dev',
    command: 'npm run dev',
    kind: 'server',
    isExposed: false,
  });
  expect((await (await visit(daemon, previewId)).ask('/')).body).toBe('<p>hello');
  const { lines } = await daemon.client.command('preview.log', { previewId });
  expect(lines.some(({ text }) => text.includes('\u001b[1m'))).toBe(true);
  await daemon.client.command('preview.restart', { previewId });
  const again = await inState(daemon, previewId, 'ready');
  expect([again.port, again.appPort === preview.appPort]).toEqual([preview.port, false]);
  await stop(previewId);
  expect(await previewOf(daemon, previewId)).toMatchObject({
    state: 'stopped',
    appPort: null,
    exitCode: null,
  });
  expect(leftOf(previewId)).toEqual([]);
});

test('one that fails tells its code and its last lines', async () => {
  const script = "console.log('one');\nconsole.error('two');\nprocess.exit(3);";
  const previewId = await approve(daemon, makeProject(daemon, 'failing', nodeProject(script)));
  await daemon.client.command('preview.start', { previewId });
  const crashed = await inState(daemon, previewId, 'crashed');
  expect(crashed).toMatchObject({ exitCode: 3, reason: 'It ended with code 3.' });
  expect(crashed.lastLines).toEqual(expect.arrayContaining(['one', 'two']));
  expect(leftOf(previewId)).toEqual([]);
});

test('one whose port is taken says so', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const address = blocker.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const folder = makeProject(daemon, 'taken', nodeProject(serves(`server.listen(${port}, '127.0.0.1');`)));
  const previewId = await approve(daemon, folder);
  await daemon.client.command('preview.start', { previewId });
  const { reason } = await inState(daemon, previewId, 'crashed');
  blocker.close();
  expect(reason).toBe(`Port ${port} is taken by another program.`);
});

test('one that never listens is starting until it is stopped, even if it hears no SIGTERM', async () => {
  const script =
    "process.on('SIGTERM', () => {}); console.log('http://localhost:9'); setInterval(() => {}, 1000);";
  const previewId = await approve(daemon, makeProject(daemon, 'mute', nodeProject(script)));
  await daemon.client.command('preview.start', { previewId });
  await until('it has printed', async () =>
    (await daemon.client.command('preview.log', { previewId })).lines.some(({ text }) =>
      text.includes('localhost:9'),
    ),
  );
  expect((await previewOf(daemon, previewId)).state).toBe('starting');
  await stop(previewId);
  expect(leftOf(previewId)).toEqual([]);
});

test('one that listens on the network is shown, and told to be exposed', async () => {
  const { isExposed, previewId } = await startPreview(
    daemon,
    makeProject(daemon, 'open', nodeProject(serves("server.listen(0, '0.0.0.0');"))),
  );
  expect(isExposed).toBe(true);
  expect((await (await visit(daemon, previewId)).ask('/')).status).toBe(200);
  await stop(previewId);
});

test('one that forks away into a session of its own is found and ended', async () => {
  const away =
    "require('child_process').spawn(process.execPath, ['away.cjs'], { detached: true, stdio: 'ignore' }).unref();";
  const folder = makeProject(daemon, 'away', {
    ...nodeProject(away),
    'away.cjs': serves("server.listen(0, '::1');"),
  });
  const { previewId } = await startPreview(daemon, folder);
  expect((await (await visit(daemon, previewId)).ask('/')).body).toBe('<p>hello');
  await stop(previewId);
  expect(leftOf(previewId)).toEqual([]);
});

test('what would run something else than was approved is not run, until that is approved', async () => {
  const folder = makeProject(daemon, 'changing', nodeProject(onAnyPort));
  const previewId = await approve(daemon, folder);
  const evil = { scripts: { dev: "node -e \"fs.writeFileSync('evil', '')\"" } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(evil));
  await expect(daemon.client.command('preview.start', { previewId })).rejects.toThrow('preview_changed');
  expect(existsSync(join(folder, 'evil'))).toBe(false);
  expect(await approve(daemon, folder)).toBe(previewId);
});

test('a command from the network is no command', async () => {
  const folder = makeProject(daemon, 'guarded', nodeProject(onAnyPort));
  const offerId = 'f'.repeat(64);
  await expect(daemon.client.command('preview.approve', { folder, offerId })).rejects.toThrow(
    'preview_changed',
  );
});

test('a server lives through a crash of the daemon, and ends with a daemon that is stopped', async () => {
  const { previewId, appPort, port } = await startPreview(
    daemon,
    makeProject(daemon, 'lasting', nodeProject(onAnyPort)),
  );
  await daemon.stop('SIGKILL');
  expect(leftOf(previewId).length).toBeGreaterThan(0);
  await daemon.start();
  expect(await inState(daemon, previewId, 'ready')).toMatchObject({ appPort, port });
  expect((await (await visit(daemon, previewId)).ask('/')).body).toBe('<p>hello');
  await daemon.stop();
  expect(leftOf(previewId)).toEqual([]);
  await daemon.start();
  expect(await previewOf(daemon, previewId)).toMatchObject({ state: 'stopped', port });
});

test('one that is told to outlive Porchlight goes on, and is taken up again', async () => {
  const { previewId, appPort } = await startPreview(
    daemon,
    makeProject(daemon, 'outliving', nodeProject(onAnyPort)),
  );
  await daemon.client.command('preview.configure', { previewId, outlives: true });
  await daemon.stop();
  expect(leftOf(previewId).length).toBeGreaterThan(0);
  await daemon.start();
  expect(await inState(daemon, previewId, 'ready')).toMatchObject({ appPort, outlives: true });
  await daemon.client.command('preview.forget', { previewId });
  expect(leftOf(previewId)).toEqual([]);
  await expect(daemon.client.command('preview.stop', { previewId })).rejects.toThrow('preview_not_found');
});

test('whoever may only look sees what there is and starts nothing; approvals are in the audit log', async () => {
  const folder = makeProject(daemon, 'seen', nodeProject(onAnyPort));
  const previewId = await approve(daemon, folder);
  const { token } = await daemon.owner.run('token.create', { name: 'reader', scopes: ['read'] });
  const { entries } = await daemon.client.command('audit.list', {});
  expect(entries.find(({ act }) => act === 'preview.approve')?.words).toBe(
    `approved the preview “dev” in ${folder}: npm run dev, which is: node server.cjs`,
  );
  const asReader = (type: string, fields: object) =>
    daemon.client.fetch('/api/commands', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type, ...fields }),
    });
  expect((await asReader('preview.list', {})).status).toBe(200);
  expect((await asReader('preview.start', { previewId })).status).toBe(403);
  expect((await asReader('preview.stop', { previewId })).status).toBe(403);
});
