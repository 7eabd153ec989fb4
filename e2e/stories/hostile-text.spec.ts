// Some 600 pieces of text that try to become program, in every place that shows what others have written: none does, nothing is
// asked of anybody else, and the page's policy never has to be the one that stops it.
import { findings, noteViolations, openAll, shownOf } from '../attacks/inspect.ts';
import { type Listener, listenAsAttacker } from '../attacks/listener.ts';
import { payloads } from '../attacks/payloads.ts';
import { type PoisonedPlace, poison } from '../attacks/poisoned.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';
import { openWebKit, webkitBrowser } from '../people/webkit.ts';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';

test.describe.configure({ timeout: 240_000 });

const run = (body: string) => `(async () => {${body}})()`;

/** Everything that happens besides: dialogs, new pages, requests to others, programs. */
async function watchOver({ page }: Person, daemon: TestDaemon): Promise<string[]> {
  const seen: string[] = [];
  const context = page.context();
  await context.addInitScript(noteViolations);
  page.on('dialog', (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('page', (opened) => seen.push(`a page: ${opened.url()}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${daemon.url}/`) && !/^(blob:https:\/\/localhost|data:image\/)/.test(url))
      seen.push(`a request: ${url}`);
  });
  return seen;
}

/** What is wrong there. */
async function lookAt({ page }: Person, place: PoisonedPlace, daemon: TestDaemon): Promise<string[]> {
  await page.goto(`${daemon.url}${place.path}`);
  await expect(page.getByText(place.shows).first()).toBeVisible();
  await page.evaluate(run(openAll));
  const shown = Number(await page.evaluate(run(shownOf(payloads(daemon.url).slice(0, 130)))));
  const found: string[] = await page.evaluate(run(findings));
  return shown < place.least ? [...found, `only ${shown} payloads are there`] : found;
}

test('there are more than five hundred pieces of hostile text, no two the same', () => {
  const all = payloads('https://127.0.0.1:1');
  expect(all.length).toBeGreaterThan(500);
  expect(new Set(all).size).toBe(all.length);
});

test('hostile text stays text in every place, and nothing is asked of others', { tag: '@core' }, async ({
  ana,
  daemon,
}) => {
  const attacker: Listener = await listenAsAttacker(daemon, (_request, response) => response.end('alert(1)'));
  const seen = await watchOver(ana, daemon);
  try {
    const places = await poison(daemon, attacker.url);
    await ana.pair();
    for (const place of places)
      expect([place.name, await lookAt(ana, place, daemon)]).toEqual([place.name, []]);

    const [said] = places;
    await ana.page.goto(`${daemon.url}${said?.path}`);
    await ana.button(/^This project brings/).click();
    await expect(ana.page.getByRole('dialog')).toContainText('onerror');
    expect(await ana.page.evaluate(run(findings))).toEqual([]);
    await ana.page.keyboard.press('Escape');
    await ana.messageBox.fill('@<img');
    await expect(ana.page.getByRole('option').first()).toBeVisible();
    expect(await ana.page.evaluate(run(findings))).toEqual([]);

    expect(seen).toEqual([]);
    expect(attacker.heard).toEqual([]);
  } finally {
    await attacker.close();
  }
});

test('in WebKit, too, hostile text stays text, and nothing is asked of others', async ({ daemon }) => {
  const binary = webkitBrowser();
  test.skip(binary === undefined, 'WebKitGTK is not installed: on Debian, apt-get install webkit2gtk-driver');
  const attacker = await listenAsAttacker(daemon, (_request, response) => response.end('alert(1)'));
  const phone = await openWebKit(binary ?? '');
  try {
    const places = await poison(daemon, attacker.url);
    const { firstLine, closed } = await daemon.begin('pair', '--allow', '--json');
    await phone.goto(JSON.parse(firstLine).url);
    expect(await closed).toBe(0);
    // The phone has to hear of it too, before it goes elsewhere.
    await expect.poll(() => phone.ask(`return document.querySelector('main.now') !== null`)).toBe(true);
    const words = payloads(daemon.url).slice(0, 130);
    for (const { name, path, shows, least } of places) {
      await phone.goto(`${daemon.url}${path}`);
      await expect.poll(() => phone.ask(`return document.body.innerText.includes('${shows}')`)).toBe(true);
      await phone.ask(openAll);
      expect([name, await phone.ask(findings)]).toEqual([name, []]);
      expect([name, Number(await phone.ask(shownOf(words))) >= least]).toEqual([name, true]);
    }
    expect(attacker.heard).toEqual([]);
  } finally {
    await attacker.close();
    await phone.close();
  }
});
