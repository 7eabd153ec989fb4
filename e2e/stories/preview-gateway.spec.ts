// A previewed app in a real browser: hot reloading over WebSockets and without them, forms, and what an old project has left behind.
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { makeProject, nodeProject, startPreview } from '../../daemon/testing/previews/preview-here.ts';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
let daemon: TestDaemon;

test.beforeEach(async () => {
  daemon = await startTestDaemon();
});

test.afterEach(() => daemon.close());

async function visit(page: Page, previewId: string, bridge: boolean): Promise<void> {
  const { port, path } = await daemon.client.command('preview.open', { previewId, bridge });
  await page.goto(`https://localhost:${port}${path}`);
}

/** Vite's own client, a module that takes changes, and nothing else. */
async function viteProject(): Promise<{ folder: string; previewId: string }> {
  const folder = makeProject(daemon, 'vite', {
    'package.json': JSON.stringify({ scripts: { dev: 'vite' }, devDependencies: { vite: '8' } }),
    'index.html':
      '<!doctype html><html><head></head><body><p></p><script type="module" src="/main.js"></script></body></html>',
    'main.js': `import { word } from './word.js';
const say = (text) => { document.querySelector('p').textContent = text; };
say(word);
import.meta.hot.accept('./word.js', (changed) => say(changed.word));
`,
    'word.js': "export const word = 'first';\n",
  });
  symlinkSync(packages, join(folder, 'node_modules'));
  return { folder, previewId: (await startPreview(daemon, folder)).previewId };
}

for (const bridge of [false, true]) {
  const way = bridge ? 'where WebSockets fail, over the stand-in for them' : 'over a WebSocket';
  test(`a change in the project comes to the page by itself, ${way}`, async ({ page }) => {
    const { folder, previewId } = await viteProject();
    if (bridge) {
      await page.addInitScript(() => {
        window.WebSocket = class {
          constructor() {
            throw new DOMException('not under this certificate', 'SecurityError');
          }
        } as unknown as typeof WebSocket;
      });
    }
    const connected = page.waitForEvent('console', (message) => message.text().includes('[vite] connected'));
    await visit(page, previewId, bridge);
    await connected;
    await expect(page.getByText('first')).toBeVisible();
    await page.evaluate(() => Reflect.set(window, 'isSamePage', true));
    writeFileSync(join(folder, 'word.js'), "export const word = 'second';\n");
    await expect(page.getByText('second')).toBeVisible();
    expect(await page.evaluate(() => Reflect.get(window, 'isSamePage'))).toBe(true);
    expect(page.url()).not.toContain('ticket');
  });
}

test('a form of the page is sent, and says where it comes from', async ({ page }) => {
  const script = `require('http').createServer((q, s) => {
    s.setHeader('content-type', 'text/html');
    s.end(q.method === 'POST' ? '<p>from ' + q.headers.origin + '</p>' : '<form method="post"><button>Send</button></form>');
  }).listen(0, '127.0.0.1');`;
  const { previewId, appPort } = await startPreview(daemon, makeProject(daemon, 'form', nodeProject(script)));
  await visit(page, previewId, false);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText(`from http://localhost:${appPort}`)).toBeVisible();
});

test('what an old project has left on a port is gone when another one gets it', async ({ page }) => {
  const title = (text: string) => `<!doctype html><title>${text}</title><p>${text}</p>`;
  const old = await startPreview(daemon, makeProject(daemon, 'old', { 'index.html': title('old') }));
  await visit(page, old.previewId, false);
  await page.evaluate(async () => {
    localStorage.setItem('left', 'behind');
    await new Promise((resolve) => {
      indexedDB.open('left').onsuccess = resolve;
    });
  });
  await daemon.stop();
  rmSync(join(daemon.home, 'previews.json'));
  await daemon.start();
  const next = await startPreview(daemon, makeProject(daemon, 'next', { 'index.html': title('next') }));
  expect(next.port).toBe(old.port);
  await visit(page, next.previewId, false);
  await expect(page.getByText('next')).toBeVisible();
  const left = () =>
    page.evaluate(async () => [localStorage.getItem('left'), (await indexedDB.databases()).length]);
  expect(await left()).toEqual([null, 0]);
  await page.evaluate(() => localStorage.setItem('own', 'kept'));
  await visit(page, next.previewId, false);
  expect(await page.evaluate(() => localStorage.getItem('own'))).toBe('kept');
});
