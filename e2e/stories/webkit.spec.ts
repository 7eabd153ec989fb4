// The core stories in WebKitGTK, the nearest to Safari that runs on Linux. Skipped, and counted so, where it is not installed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { takePicture } from '../people/pictures.ts';
import { expect, test } from '../people/story.ts';
import { openWebKit, type WebKitPage, webkitBrowser } from '../people/webkit.ts';

const binary = webkitBrowser();
const sentence = 'The quick brown fox jumps over the lazy dog.';

test.describe.configure({ timeout: 180_000 });

const say = async (phone: WebKitPage, text: string) => {
  await phone.fill(/^Message to Claude$/, text);
  await phone.click('button', /^Send$/);
};
const shows = (phone: WebKitPage, selector: string, texts: unknown) =>
  expect.poll(() => phone.texts(selector), { timeout: 20_000 }).toEqual(texts);

/** Whether the phone had to send its commands by POST, which it does beside an event stream, not beside a socket. */
const usesPosts = (phone: WebKitPage) =>
  phone.ask("return performance.getEntriesByType('resource').some(({ name }) => /api.commands/.test(name))");
/** What the page itself keeps when the socket failed, as it does in Safari on a certificate that was clicked through. */
const socketFailed = `
  const opening = indexedDB.open('porchlight');
  await new Promise((resolve) => { opening.onsuccess = resolve; });
  const writing = opening.result.transaction('notes', 'readwrite');
  writing.objectStore('notes').put(Date.now(), 'socketFailedAt');
  await new Promise((resolve) => { writing.oncomplete = resolve; });
  opening.result.close();
`;

test.beforeEach(() => {
  if (binary !== undefined) return;
  const why = 'WebKitGTK is not installed: on Debian, apt-get install webkit2gtk-driver';
  console.log(`skipped: ${why}`);
  test.skip(true, why);
});

test('in WebKit: pair, talk, allow a command, answer a question, reload; over a socket and over streams', async ({
  daemon,
}) => {
  const phone = await openWebKit(binary ?? '');
  test.info().annotations.push({ type: 'engine', description: phone.version });
  try {
    const { firstLine, closed } = await daemon.begin('pair', '--allow', '--json');
    await phone.goto(JSON.parse(firstLine).url);
    expect(await closed).toBe(0);
    await phone.click('a', /^Say hello$/);
    await phone.click('dialog button', /^project/);

    await say(phone, 'Hello [[slow 20 6]]');
    await shows(phone, '.item.text', [Array(6).fill(sentence).join(' ')]);
    await shows(phone, '.receipt-line', [expect.any(String)]);
    expect(await usesPosts(phone)).toBe(false);

    await say(phone, '[[bash touch made.txt; echo done-it]]');
    await phone.click('section button', /^Allow$/);
    await shows(phone, '.receipt-line', [expect.any(String), expect.any(String)]);
    expect(existsSync(join(daemon.project, 'made.txt'))).toBe(true);

    await phone.ask(socketFailed);
    await phone.reload();
    await say(phone, '[[ask]]');
    await phone.click('label', /^luxon/);
    await phone.click('label', /^Zones/);
    await shows(phone, '.asking .primary', ['Answer']);
    await takePicture(phone, 'webkit', 'question');
    await phone.click('section button', /^Answer$/);
    await expect.poll(async () => (await phone.texts('.item.text')).at(-1)).toContain('luxon');
    expect(await usesPosts(phone)).toBe(true);

    await say(phone, '[[hold stream]]');
    await expect.poll(async () => (await phone.texts('.item.text')).at(-1)).toBe('before the gate');
    daemon.api.release('stream');
    await expect.poll(async () => (await phone.texts('.receipt-line')).length).toBe(4);
    const before = await phone.texts('.item');
    expect(before.at(-2)).toBe('before the gate after the gate');
    await phone.reload();
    await shows(phone, '.item', before);
    await takePicture(phone, 'webkit', 'conversation');
  } finally {
    await phone.close();
  }
});
