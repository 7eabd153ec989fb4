// When a preview's door opens and shuts, and whose its port is.
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject, previewOf, startPreview, visit } from '../testing/previews/preview-here.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

test('a preview that is stopped is shown to nobody, and its port is its own when it comes back', async () => {
  const { previewId, port } = await startPreview(
    daemon,
    makeProject(daemon, 'pages', { 'index.html': '<p>home' }),
  );
  const visitor = await visit(daemon, previewId);
  await daemon.client.command('preview.stop', { previewId });
  await expect(visitor.ask('/')).rejects.toThrow();
  const late = await visit(daemon, previewId);
  expect((await late.ask('/', { headers: { accept: 'text/html' } })).body).toContain('is not running');
  await daemon.client.command('preview.start', { previewId });
  expect((await late.ask('/')).body).toBe('<p>home');
  expect((await visitor.ask('/')).status).toBe(401);
  expect(late.origin.endsWith(`:${port}`)).toBe(true);
});

test('a port that another program has taken meanwhile is given up only as long as nobody has been there', async () => {
  const { previewId, port } = await startPreview(
    daemon,
    makeProject(daemon, 'moving', { 'index.html': '<p>moved' }),
  );
  const taken = await listenOn(port);
  const first = await visit(daemon, previewId);
  expect((await first.ask('/')).body).toBe('<p>moved');
  const own = Number(new URL(first.origin).port);
  expect([own === port, (await previewOf(daemon, previewId)).port]).toEqual([false, own]);
  taken.close();
  await daemon.client.command('preview.stop', { previewId });
  await expect(first.ask('/')).rejects.toThrow();
  const again = await listenOn(own);
  await expect(visit(daemon, previewId)).rejects.toThrow('preview_port_taken');
  again.close();
});

async function listenOn(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return server;
}
