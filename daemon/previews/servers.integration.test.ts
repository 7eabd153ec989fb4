// Previews of real servers, as their projects have them: Vite with its hot reloading, Express with a WebSocket, Flask, two at once.
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  approve,
  inState,
  makeProject,
  startPreview,
  type Visitor,
  visit,
} from '../testing/previews/preview-here.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { trustFolders } from '../testing/trust-folders.ts';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

function withPackages(name: string, files: Readonly<Record<string, string>>): string {
  const folder = makeProject(daemon, name, files);
  symlinkSync(packages, join(folder, 'node_modules'));
  return folder;
}

function connect({ origin, cookie }: Visitor, path: string, protocol?: string): WebSocket {
  const url = `${origin.replace('https', 'wss')}${path}`;
  return new WebSocket(url, protocol === undefined ? [] : [protocol], {
    ca: daemon.client.ca,
    headers: { cookie, origin },
  });
}

const messageOf = (socket: WebSocket, fits: (text: string) => boolean) =>
  new Promise<string>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => fits(data.toString()) && resolve(data.toString()));
  });

test('Vite: its page, its modules from where they really lie, and a change that comes over its WebSocket', async () => {
  const folder = withPackages('vite', {
    'package.json': JSON.stringify({ scripts: { dev: 'vite' }, devDependencies: { vite: '8' } }),
    'index.html':
      '<!doctype html><html><head></head><body><script type="module" src="/main.js"></script></body></html>',
    'main.js':
      "import { word } from './word.js';\nimport.meta.hot.accept('./word.js', () => {});\ndocument.title = word;\n",
    'word.js': "export const word = 'one';\n",
  });
  const preview = await startPreview(daemon, folder);
  expect(preview).toMatchObject({
    tool: 'Vite',
    command: 'npm run dev -- --host 127.0.0.1',
    isExposed: false,
  });
  const visitor = await visit(daemon, preview.previewId);
  expect((await visitor.ask('/')).body).toContain('/@vite/client');
  const client = await visitor.ask('/@vite/client');
  const [, inner = ''] = /import ["'](\/@fs\/[^"']+)["']/.exec(client.body) ?? [];
  expect([client.status, (await visitor.ask(inner)).status]).toEqual([200, 200]);
  expect((await visitor.ask('/@fs/etc/hostname?raw')).status).toBe(403);
  await visitor.ask('/main.js');
  await visitor.ask('/word.js');
  const [, token = ''] = /wsToken = ["']([^"']+)["']/.exec(client.body) ?? [];
  const socket = connect(visitor, `/?token=${token}`, 'vite-hmr');
  await messageOf(socket, (text) => text.includes('connected'));
  const update = messageOf(socket, (text) => text.includes('update'));
  writeFileSync(join(folder, 'word.js'), "export const word = 'two';\n");
  expect(JSON.parse(await update)).toMatchObject({ type: 'update', updates: [{ acceptedPath: '/word.js' }] });
  socket.close();
  await daemon.client.command('preview.stop', { previewId: preview.previewId });
});

test('Express with a WebSocket, its port from the project’s own file, in a trusted folder only', async () => {
  const own = {
    previews: [{ name: 'api', command: [process.execPath, 'server.cjs'], env: { PORT: '{port}' } }],
  };
  const folder = withPackages('express', {
    '.porchlight.json': JSON.stringify(own),
    'server.cjs': `const server = require('express')().get('/', (q, s) => s.json(q.headers.host)).listen(process.env.PORT, '127.0.0.1');
new (require('ws').WebSocketServer)({ server }).on('connection', (ws) => ws.on('message', (m) => ws.send('back ' + m)));`,
  });
  expect((await daemon.client.command('preview.detect', { folder })).offers).toEqual([]);
  await trustFolders(daemon, [folder]);
  const { previewId, appPort, port } = await startPreview(daemon, folder);
  expect(appPort).toBeGreaterThanOrEqual(port + 1000);
  const visitor = await visit(daemon, previewId);
  expect((await visitor.ask('/')).body).toBe(`"localhost:${appPort}"`);
  const socket = connect(visitor, '/');
  await new Promise((resolve) => socket.once('open', resolve));
  const back = messageOf(socket, () => true);
  socket.send('hello');
  expect(await back).toBe('back hello');
  await daemon.client.command('preview.stop', { previewId });
});

/** A Python that has Flask; the daemon under test has a shorter PATH than whoever runs this. */
const python = await promisify(execFile)('python3', ['-c', 'import flask, sys; print(sys.executable)']).then(
  ({ stdout }) => stdout.trim(),
  () => undefined,
);

test.skipIf(python === undefined)(
  'Flask of its own environment, with its reloader; needs python3-flask',
  async () => {
    const app =
      "from flask import Flask, request\napp = Flask(__name__)\n@app.post('/')\ndef post():\n    return request.headers['Origin']\n@app.get('/')\ndef get():\n    return '<p>flask'\n";
    const folder = makeProject(daemon, 'flask', {
      'app.py': app,
      '.venv/bin/python': `#!/bin/sh\nexec ${python} "$@"\n`,
    });
    chmodSync(join(folder, '.venv/bin/python'), 0o700);
    const { previewId, appPort, port, tool } = await startPreview(daemon, folder);
    expect([tool, (appPort ?? 0) >= port + 1000]).toEqual(['Flask', true]);
    const visitor = await visit(daemon, previewId);
    const posted = await visitor.ask('/', { method: 'POST', headers: { origin: visitor.origin } });
    expect([(await visitor.ask('/')).body, posted.body]).toEqual(['<p>flask', `http://localhost:${appPort}`]);
    await daemon.client.command('preview.stop', { previewId });
  },
);

test('a web app and its API run beside each other, each on a port of its own', async () => {
  const serve = (text: string) =>
    `require('http').createServer((q, s) => s.setHeader('content-type', 'text/html').end('${text}')).listen(0, '127.0.0.1');`;
  const part = JSON.stringify({ scripts: { dev: 'node server.cjs' } });
  const folder = makeProject(daemon, 'both', {
    ...{
      'web/package.json': part,
      'web/server.cjs': serve('web'),
      'api/package.json': part,
      'api/server.cjs': serve('api'),
    },
  });
  const names = ['web:dev', 'api:dev'];
  const ids = await Promise.all(names.map((name) => approve(daemon, folder, name)));
  for (const previewId of ids) await daemon.client.command('preview.start', { previewId });
  const up = await Promise.all(ids.map((previewId) => inState(daemon, previewId, 'ready')));
  const bodies = await Promise.all(
    ids.map(async (previewId) => (await (await visit(daemon, previewId)).ask('/')).body),
  );
  expect([bodies, up[0]?.port === up[1]?.port]).toEqual([['web', 'api'], false]);
  const kept = JSON.parse(readFileSync(join(daemon.home, 'previews.json'), 'utf8'));
  expect(kept.ports.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(names));
});
