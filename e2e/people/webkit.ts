// Safari's engine as Debian packs it, driven over W3C WebDriver by plain requests: Playwright cannot drive it. It runs on
// a desktop that nobody sees. Finds things by what they are and say; knows nothing of stories.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startProgram } from '../../daemon/testing/desktop-programs.ts';
import { startDesktop } from '../../daemon/testing/desktop.ts';
import { until } from '../../daemon/testing/until.ts';

const driver = '/usr/bin/WebKitWebDriver';
const libraries = '/usr/lib';
/** The name under which WebDriver hands out an element. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

export interface WebKitPage {
  readonly version: string;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Waits for an element in sight that fits the selector and has the name or words, and clicks it. */
  click(selector: string, name: RegExp): Promise<void>;
  /** Types into the field of that name, over what is there. */
  fill(name: RegExp, text: string): Promise<void>;
  /** The words of all elements that fit the selector, as the screen shows them. */
  texts(selector: string): Promise<string[]>;
  /** What the body of a function gives in the page; it may be a promise. */
  ask(body: string): Promise<unknown>;
  /** Another tab at this address, in which all of this is done meanwhile. */
  beside(url: string, work: () => Promise<void>): Promise<void>;
  screenshot(options: { path: string }): Promise<void>;
  close(): Promise<void>;
}

/** The browser's program; undefined where WebKitGTK is not installed. */
export function webkitBrowser(): string | undefined {
  if (!existsSync(driver)) return undefined;
  return readdirSync(libraries)
    .flatMap((name) => ['4.1', '4.0'].map((of) => join(libraries, name, `webkit2gtk-${of}`, 'MiniBrowser')))
    .find((path) => existsSync(path));
}

/** Its window is as narrow as it gets: about 450 px. */
export async function openWebKit(binary: string): Promise<WebKitPage> {
  const desktop = await startDesktop({ bar: 'none' });
  const port = await freePort();
  const program = await startProgram(desktop.env, driver, [`--port=${port}`]);
  const end = async () => {
    await program.end();
    await desktop.close();
  };
  try {
    return await openPage({ address: `http://127.0.0.1:${port}`, binary, end });
  } catch (error) {
    await end();
    throw error;
  }
}

async function openPage(of: {
  address: string;
  binary: string;
  end: () => Promise<void>;
}): Promise<WebKitPage> {
  const { address, binary, end } = of;
  await until('the driver to listen', () => send(`${address}/status`, 'GET').then(Boolean, notYet));
  const { sessionId, capabilities } = await send(`${address}/session`, 'POST', {
    capabilities: {
      alwaysMatch: {
        acceptInsecureCerts: true,
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      },
    },
  });
  const session = `${address}/session/${sessionId}`;
  const post = (path: string, body: object) => send(`${session}${path}`, 'POST', body);
  const run = (script: string, ...args: unknown[]) => post('/execute/sync', { script, args });
  const find = (selector: string, name: RegExp) =>
    until(`${selector} named ${name}`, async () => {
      const found = await run(finding, selector, name.source, name.flags);
      return found?.[elementKey] as string | undefined;
    });
  await post('/window/rect', { width: 450, height: 640 });

  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    goto: async (url) => void (await post('/url', { url })),
    reload: async () => void (await post('/refresh', {})),
    async click(selector, name) {
      await post(`/element/${await find(selector, name)}/click`, {});
    },
    async fill(name, text) {
      const field = await find('input, textarea', name);
      await post(`/element/${field}/clear`, {});
      await post(`/element/${field}/value`, { text });
    },
    texts: (selector) =>
      run(
        'return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText.trim())',
        selector,
      ),
    ask: (body) =>
      post('/execute/async', {
        script: `const done = arguments[0]; (async () => { ${body} })().then(done, (error) => done(String(error)))`,
        args: [],
      }),
    async beside(url, work) {
      const before = await send(`${session}/window`, 'GET');
      await post('/window', { handle: (await post('/window/new', { type: 'tab' })).handle });
      await post('/url', { url });
      await work();
      await send(`${session}/window`, 'DELETE');
      await post('/window', { handle: before });
    },
    async screenshot({ path }) {
      writeFileSync(path, Buffer.from(await send(`${session}/screenshot`, 'GET'), 'base64'));
    },
    async close() {
      await send(session, 'DELETE').finally(end);
    },
  };
}

/** In the page: the first element of the selector that is in sight and whose name or words fit. */
const finding = `
  const [selector, source, flags] = arguments;
  const words = new RegExp(source, flags);
  return [...document.querySelectorAll(selector)].find((each) =>
    each.getClientRects().length > 0 && !each.disabled &&
    words.test((each.getAttribute('aria-label') ?? each.innerText).trim())) ?? null;
`;

// biome-ignore lint/suspicious/noExplicitAny: a driver's answer has another shape for each request
async function send(url: string, method: string, body?: object): Promise<any> {
  // The driver closes a connection whenever it likes, also one that was kept for the next request.
  const init = { method, headers: { connection: 'close' } };
  const response = await fetch(url, body ? { ...init, body: JSON.stringify(body) } : init);
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (value?.error !== undefined) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

function notYet(error: unknown): false {
  if (error instanceof TypeError) return false;
  throw error;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
