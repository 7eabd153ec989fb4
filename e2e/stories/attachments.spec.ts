// Photos and files: from the phone to Claude, and from Claude's tools to the phone. With the real `claude`; what it was given is what
// its API got.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { pngOf } from '../../daemon/testing/pictures.ts';
import type { Block } from '../../daemon/testing/scripted-api/messages.ts';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { pictureSize } from '../people/picture-size.ts';
import { expect, test } from '../people/story.ts';

const blue = pngOf({ width: 640, height: 480, colour: '2a5bd7' });
const photo = { name: 'harbour.png', mimeType: 'image/png', buffer: blue };

/** The blocks of the person's message with these words, as Claude's API got them. */
function given(daemon: TestDaemon, words: string): readonly Block[] {
  const messages = daemon.api.requests.flatMap(({ body, picked }) => (picked ? (body?.messages ?? []) : []));
  const named = messages.filter((message) =>
    message.blocks.some((block) => String(block['text'] ?? '').includes(words)),
  );
  // The CLI asks for a title with the same words.
  const found = named.findLast(({ blocks }) => blocks.some(({ type }) => type === 'image')) ?? named.at(-1);
  return found?.blocks ?? [];
}

function pictureGiven(daemon: TestDaemon, words: string): { mediaType: string; data: Buffer } {
  const block = given(daemon, words).find(({ type }) => type === 'image');
  const source = block?.['source'] as { media_type: string; data: string } | undefined;
  return { mediaType: source?.media_type ?? '', data: Buffer.from(source?.data ?? '', 'base64') };
}

async function choose(
  page: Page,
  from: string,
  files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
) {
  await page.getByRole('button', { name: 'Add photos or files' }).click();
  await page.getByRole('dialog').getByLabel(from, { exact: true }).setInputFiles(files);
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

const files = (page: Page) => page.getByRole('list', { name: 'Files of this message' }).getByRole('listitem');

test('a photo is chosen, seen, sent, and Claude gets it', { tag: '@core' }, async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await choose(ana.page, 'Photo library', photo);
  await expect(files(ana.page)).toHaveText([/harbour\.png/]);
  await expect(files(ana.page).locator('img')).toBeVisible();
  await ana.say('What is this? [[text A blue harbour.]]');
  await expect(ana.answers).toHaveText('A blue harbour.');
  await expect(files(ana.page)).toHaveCount(0);
  expect(pictureGiven(daemon, 'What is this?')).toEqual({ mediaType: 'image/png', data: blue });

  await ana.page.reload();
  const shown = ana.button('Show harbour.png');
  await expect(shown.locator('img')).toBeVisible();
  await shown.click();
  const viewer = ana.page.getByRole('dialog', { name: 'harbour.png' });
  await expect(viewer.getByRole('img')).toBeVisible();
  await ana.page.goBack();
  await expect(viewer).toHaveCount(0);

  await shown.click();
  await expect(viewer.getByRole('img')).toBeVisible();
  await ana.page.mouse.move(180, 300);
  await ana.page.mouse.down();
  await ana.page.mouse.move(180, 480, { steps: 4 });
  await ana.page.mouse.up();
  await expect(viewer).toHaveCount(0);
  await expect(ana.messageBox).toBeVisible();
});

test('a large photo is made smaller on the phone; what can be seen through stays a PNG', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  const large = { ...photo, buffer: pngOf({ width: 3000, height: 2000 }) };
  await choose(ana.page, 'Photo library', large);
  await ana.say('Large [[text one]]');
  await expect(ana.answers.last()).toHaveText('one');
  const { mediaType, data } = pictureGiven(daemon, 'Large');
  expect([mediaType, pictureSize(data)]).toEqual(['image/jpeg', { width: 1568, height: 1045 }]);

  const glass = { ...photo, name: 'glass.png', buffer: pngOf({ width: 1600, height: 3200, alpha: 128 }) };
  await choose(ana.page, 'Photo library', glass);
  await ana.say('Glass [[text two]]');
  await expect(ana.answers.last()).toHaveText('two');
  const kept = pictureGiven(daemon, 'Glass');
  expect([kept.mediaType, pictureSize(kept.data)]).toEqual(['image/png', { width: 784, height: 1568 }]);
});

test('a file without a word, and one that is pasted', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  const notes = {
    name: 'notes.txt',
    mimeType: 'application/pdf',
    buffer: Buffer.from('Buy bread [[text Noted.]]'),
  };
  await choose(ana.page, 'File', notes);
  await ana.button(/^Send/).click();
  await expect(ana.receipts).toHaveCount(1);
  await expect(ana.button('Save notes.txt')).toBeVisible();
  const document = daemon.api.requests
    .flatMap(({ body }) => body?.messages ?? [])
    .flatMap(({ blocks }) => blocks)
    .find(({ type }) => type === 'document');
  expect(document).toMatchObject({
    title: 'notes.txt',
    source: { type: 'text', data: 'Buy bread [[text Noted.]]' },
  });
  const saving = ana.page.waitForEvent('download');
  await ana.button('Save notes.txt').click();
  expect((await saving).suggestedFilename()).toBe('notes.txt');

  await ana.messageBox.evaluate((box, base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, blue.toString('base64'));
  await expect(files(ana.page)).toHaveText([/pasted\.png/]);
  await ana.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['dropped'], 'dropped.txt'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  });
  await expect(files(ana.page)).toHaveText([/pasted\.png/, /dropped\.txt/]);
  await ana.button('Remove dropped.txt').click();
  await ana.say('Pasted [[text seen]]');
  await expect(ana.answers.last()).toHaveText('seen');
  expect(pictureGiven(daemon, 'Pasted').data).toEqual(blue);
});

test('a reload in the middle of sending goes on where it was, and the message waits for its file', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  const bytes = Buffer.from('0123456789abcdef'.repeat(65_536));
  const offsets: number[] = [];
  let isOpen = false;
  let stalled: () => void = () => {};
  const stalling = new Promise<void>((resolve) => {
    stalled = resolve;
  });
  await ana.page.context().route('**/api/uploads/**', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    const offset = Number(route.request().headers()['upload-offset']);
    if (!isOpen && offset >= 512 * 1024) {
      stalled();
      return route.abort();
    }
    offsets.push(offset);
    return route.continue();
  });
  await choose(ana.page, 'File', { name: 'long.txt', mimeType: 'text/plain', buffer: bytes });
  await stalling;
  await ana.say('Read it [[text Read.]]');
  await expect(ana.page.getByText('On this device, will send')).toBeVisible();
  await ana.page.reload();
  await expect(ana.page.getByText('On this device, will send')).toBeVisible();
  await daemon.stop('SIGKILL');
  await daemon.start();
  isOpen = true;
  await expect(ana.answers).toHaveText('Read.');
  expect(offsets).toEqual([0, 262_144, 524_288, 786_432]);
  expect(given(daemon, 'Attached file: long.txt at ')).not.toEqual([]);
});

test('a draft keeps its files over a reload; messages behind one with files wait for it', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await choose(ana.page, 'Photo library', photo);
  await ana.messageBox.fill('Later');
  await ana.page.reload();
  await expect(files(ana.page)).toHaveText([/harbour\.png/]);
  await expect(ana.messageBox).toHaveValue('Later');
  await daemon.stop();
  await choose(ana.page, 'Photo library', { ...photo, name: 'second.png' });
  await ana.say('First [[text one]]');
  await ana.say('Second [[text two]]');
  await daemon.start();
  await expect(ana.answers.last()).toHaveText('two');
  await expect(ana.words).toHaveText(['First [[text one]]', 'Second [[text two]]']);
  expect(given(daemon, 'First').filter(({ type }) => type === 'image')).toHaveLength(2);
});

test('a file that the computer does not take says why, and the rest can go without it', async ({
  ana,
  daemon,
}) => {
  await daemon.stop();
  writeFileSync(join(daemon.home, 'config.json'), JSON.stringify({ maxUploadMiB: 1 }), { mode: 0o600 });
  await daemon.start();
  await ana.pair();
  await ana.startConversation();
  const film = { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(1024 * 1024 + 1, 7) };
  const nothing = { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) };
  await choose(ana.page, 'File', [film, nothing, photo]);
  await expect(files(ana.page)).toHaveText([
    /This file is too large: the computer takes up to 1 MiB\./,
    /This file is empty\./,
    /harbour\.png/,
  ]);
  await ana.messageBox.fill('Here [[text fine]]');
  await expect(ana.button('Send')).toBeDisabled();
  await ana.button('Remove film.mov').click();
  await ana.button('Remove nothing.txt').click();
  await ana.button('Send').click();
  await expect(ana.answers).toHaveText('fine');
  expect(given(daemon, 'Here').filter(({ type }) => type === 'image')).toHaveLength(1);
});

test('a picture that Claude reads is shown', async ({ ana, daemon }) => {
  writeFileSync(join(daemon.project, 'chart.png'), pngOf({ width: 400, height: 300, colour: '1a7f4b' }));
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[read chart.png]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.button('Read chart.png done').click();
  await expect(ana.button('Show the picture').locator('img')).toBeVisible();
});
