// More than fits: into one message, and at once. Nothing is lost, nothing else waits for it, and the person is told in words. And
// what a picture tells of itself stays on the phone.
import type { Page } from '@playwright/test';
import { look } from '../people/look.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

interface Chosen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

async function choose(page: Page, files: readonly Chosen[]): Promise<void> {
  await page.getByRole('button', { name: 'Add photos or files' }).click();
  await page
    .getByRole('dialog')
    .getByLabel('File', { exact: true })
    .setInputFiles([...files]);
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

const files = (page: Page) => page.getByRole('list', { name: 'Files of this message' }).getByRole('listitem');
const notes = (count: number): Chosen[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ name: `note-${at + 1}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`note ${at + 1}`) },
  }));
/** Moving pictures are sent as they are. */
const film = (name: string, mebibytes: number): Chosen => ({
  ...{
    name,
    mimeType: 'image/gif',
    buffer: Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(mebibytes * 2 ** 20)]),
  },
});

test('too much for one message is told before it is sent', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.messageBox.fill('All of it [[text seen]]');
  // Their 21 MiB need not travel for it.
  await ana.page.route('**/api/uploads', (route) => route.abort());
  await choose(ana.page, [film('one.gif', 11), film('two.gif', 10)]);
  const words = ana.page.locator('form').getByRole('alert');
  await expect(words).toHaveText(
    'Claude takes up to 20 MiB in one message, and these are 21.1 MiB. Take some out, or send them in two.',
  );
  await expect(ana.button('Send')).toBeDisabled();
  await look(ana.page, 'attachments-too-much');
  await ana.button('Remove one.gif').click();
  await ana.button('Remove two.gif').click();
  await ana.page.unroute('**/api/uploads');
  await choose(ana.page, notes(21));
  await expect(words).toHaveText(
    'One message takes up to 20 files, and these are 21. Take some out, or send them in two.',
  );
  await ana.button('Remove note-7.txt').click();
  await expect(words).toHaveCount(0);
  await ana.button('Send').click();
  await expect(ana.answers).toHaveText('seen');
});

/** A conversation with a name of its own in the list. */
async function talk(ana: Person, name: string): Promise<void> {
  await ana.startConversation();
  await ana.say(`${name} [[text yes]]`);
  await expect(ana.answers).toHaveText('yes');
}

test('files that the computer puts off say so, hold nothing else back, and go by themselves when there is room', async ({
  ana,
}) => {
  await ana.pair();
  await talk(ana, 'Full');
  const full = ana.page.url();
  await choose(ana.page, notes(40));
  await expect(files(ana.page).filter({ hasText: /\d B/ })).toHaveCount(40);
  await ana.button('Back').click();
  await talk(ana, 'Late');
  await choose(ana.page, [{ ...film('late.gif', 0), name: 'late.txt' }]);
  await expect(files(ana.page)).toHaveText([/Too many files wait to be sent/]);
  await ana.say('With a file [[text late]]');
  const choices = ana.page.locator('.item.message .choices');
  await expect(choices).toContainText('Too many files wait to be sent. Send or remove some of them first.');
  await look(ana.page, 'attachments-put-off');
  await expect(choices.getByRole('button')).toHaveText(['Try again', 'Remove']);

  await ana.button('Back').click();
  await talk(ana, 'Without a file');

  await ana.page.goto(full);
  await ana.button('Remove note-1.txt').click();
  await ana.button('Back').click();
  await ana.page.getByRole('link', { name: /^Late/ }).click();
  await expect(ana.answers.last()).toHaveText('late');
});

test('where a picture was taken stays on the phone; the picture is the same', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  const drawn = await ana.page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 200;
    canvas.getContext('2d')?.fillRect(20, 20, 90, 60);
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
  });
  const plain = Buffer.from(drawn, 'base64');
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0 48.2082 N 16.3738 E', 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  const photo = Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)]);
  await choose(ana.page, [{ name: 'here.jpg', mimeType: 'image/jpeg', buffer: photo }]);
  await ana.say('Where? [[text somewhere]]');
  await expect(ana.answers).toHaveText('somewhere');
  const given = daemon.api.requests
    .flatMap(({ body }) => body?.messages ?? [])
    .flatMap(({ blocks }) => blocks)
    .find(({ type }) => type === 'image');
  const { data = '' } = (given?.['source'] ?? {}) as { data?: string };
  expect(Buffer.from(data, 'base64')).toEqual(plain);
});
