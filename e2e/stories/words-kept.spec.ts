// Words and photos that come back to the composer, or that this device cannot keep: none of them is lost on the way.
import { pngOf } from '../../daemon/testing/pictures.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

const photo = { name: 'harbour.png', mimeType: 'image/png', buffer: pngOf({ width: 64, height: 48 }) };
const files = ({ page }: Person) =>
  page.getByRole('list', { name: 'Files of this message' }).getByRole('listitem');

async function sayWithPhoto(who: Person, words: string): Promise<void> {
  await who.button('Add photos or files').click();
  await who.page.getByRole('dialog').getByLabel('Photo library', { exact: true }).setInputFiles(photo);
  await expect(files(who)).toHaveText([/harbour\.png/]);
  await who.say(words);
}

const deed = (who: Person, name: RegExp) => who.page.getByRole('dialog').getByRole('button', { name });
const openMenu = (who: Person) => who.button('What to do with this message').last().click();

test('a message that is withdrawn while another is being written comes before it', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[hold waiting]]');
  await daemon.api.waiting('waiting');
  await ana.say('[[text long and well considered]]');
  const row = ana.page.getByRole('list', { name: 'Waiting for their turn' }).getByRole('listitem');
  await expect(row).toHaveCount(1);
  await ana.messageBox.fill('a new thought');
  await row.getByRole('button').first().click();
  await ana.button('Withdraw').click();
  await expect(row).toHaveCount(0);
  await expect(ana.messageBox).toHaveValue('[[text long and well considered]]\n\na new thought');
});

test('going back and forking give the photo back too, and it can be sent anew', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await sayWithPhoto(ana, 'Look [[text one]]');
  await expect(ana.receipts).toHaveCount(1);
  await openMenu(ana);
  await deed(ana, /^Go back to here/).click();
  await expect(ana.messageBox).toHaveValue('Look [[text one]]');
  await expect(files(ana)).toHaveText([/harbour\.png/]);
  await ana.button(/^Send/).click();
  await expect(ana.answers).toHaveText(['one']);
  await expect(ana.button('Show harbour.png').locator('img')).toBeVisible();

  await openMenu(ana);
  await deed(ana, /^Fork from here/).click();
  await expect(ana.messageBox).toHaveValue('Look [[text one]]');
  await expect(files(ana)).toHaveText([/harbour\.png/]);
  await ana.button(/^Send/).click();
  await expect(ana.answers).toHaveText(['one']);
  await expect(ana.button('Show harbour.png').locator('img')).toBeVisible();
});

test('a phone that lets nothing be kept any more still sends what is said', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[text one]]');
  await expect(ana.answers).toHaveText(['one']);
  await ana.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // As a newer build in another tab: from now on the database is closed to this page.
        const newer = indexedDB.open('porchlight', 99);
        newer.onsuccess = () => resolve();
      }),
  );
  await ana.say('[[text two]]');
  await ana.say('[[text three]]');
  await expect(ana.answers).toHaveText(['one', 'two', 'three']);
  await expect(ana.words).toHaveText(['[[text one]]', '[[text two]]', '[[text three]]']);
});

test('what is typed is kept again after the browser closed the database behind the page', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // Only the closing matters here; nothing else makes Chromium do it.
        const removal = indexedDB.deleteDatabase('porchlight');
        removal.onsuccess = () => resolve();
      }),
  );
  await ana.messageBox.fill('half a thought');
  const versions = () =>
    ana.page.evaluate(async () => (await indexedDB.databases()).map(({ version }) => version));
  await expect.poll(versions).toEqual([2]);
  const kept = () =>
    ana.page.evaluate(
      () =>
        new Promise<unknown>((resolve) => {
          const opening = indexedDB.open('porchlight');
          opening.onsuccess = () => {
            const drafts = opening.result.transaction('drafts').objectStore('drafts').getAll();
            drafts.onsuccess = () => {
              opening.result.close();
              resolve(drafts.result);
            };
          };
        }),
    );
  await expect.poll(kept).toEqual(['half a thought']);
});
