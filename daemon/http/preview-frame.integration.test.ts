// A preview in the app's frame: the empty page around it lets that one origin in and is there for ports of previews only; the script
// that listens to the page is there for those who asked for it, in frames only, and speaks with the app's origin.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askOnce, makeProject, nodeProject, startPreview, visit } from '../testing/previews/preview-here.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const server =
  "const server = require('http').createServer((q, s) => s.setHeader('content-type', 'text/html').end('<head><p>hello'));\n" +
  "server.listen(0, '127.0.0.1', () => console.log('http://localhost:' + server.address().port));";

const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate', accept: 'text/html' };

test('the page around it frames that origin alone, and only of previews', async () => {
  const { port } = await startPreview(daemon, makeProject(daemon, 'framed', nodeProject(server)));
  const { port: ownPort } = new URL(daemon.url);
  const ask = (path: string) => askOnce(daemon.client.ca, `https://localhost:${ownPort}${path}`, {});
  const page = await ask(`/frame/${port}`);
  expect(page.status).toBe(200);
  expect(page.headers['x-frame-options']).toBe('SAMEORIGIN');
  expect(page.headers['content-security-policy']).toBe(
    `default-src 'none';frame-src https://localhost:${port};frame-ancestors 'self';base-uri 'none';form-action 'none';` +
      "require-trusted-types-for 'script'",
  );
  expect(page.body).not.toContain('<script');
  for (const path of ['/frame/22', `/frame/${ownPort}`, '/frame/47999', `/frame/${port}x`, `/frame/0${port}`])
    expect((await ask(path)).status, path).toBe(404);
});

test.each([
  ['a server', nodeProject(server)],
  ['a folder', { 'index.html': '<!doctype html><head><p>hello' }],
])('the script that listens is put into framed pages of %s for who asked for it', async (name, files) => {
  const { previewId } = await startPreview(daemon, makeProject(daemon, name.replace(' ', '-'), files));
  const app = daemon.url.replace('127.0.0.1', 'localhost');
  const tag = `<head><script src="/__porchlight/inspect.js" data-app="${app}"></script><p>hello`;
  const visitor = await visit(daemon, previewId, { inspect: true });
  expect((await visitor.ask('/', { headers: framed })).body).toContain(tag);
  expect(
    (await visitor.ask('/', { headers: { ...framed, 'sec-fetch-dest': 'document' } })).body,
  ).not.toContain('porchlight');
  const script = await visitor.ask('/__porchlight/inspect.js');
  expect(script.headers['content-type']).toMatch(/^text\/javascript/);
  expect(() => new Function(script.body)).not.toThrow();

  const other = await visit(daemon, previewId);
  expect((await other.ask('/', { headers: framed })).body).not.toContain('porchlight');
  expect((await other.ask('/__porchlight/inspect.js')).body).not.toContain('porchlight-preview');
});
