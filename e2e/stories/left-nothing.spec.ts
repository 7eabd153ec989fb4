// What a device keeps of a conversation goes when the conversation does, but for words that were never sent, which stay until the
// person takes them away; and all of it when the computer no longer knows the device. Reads the browser's own database, which no person sees.
import type { Page } from '@playwright/test';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { look } from '../people/look.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

/** How many records each store of the phone's database has. */
function kept(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve) => {
        const opening = indexedDB.open('porchlight');
        opening.onsuccess = () => {
          const names = ['identity', 'outbox', 'drafts', 'files'];
          const counting = opening.result.transaction(names);
          const counts: Record<string, number> = {};
          for (const name of names) {
            const count = counting.objectStore(name).count();
            count.onsuccess = () => {
              counts[name] = count.result;
            };
          }
          counting.oncomplete = () => {
            opening.result.close();
            resolve(counts);
          };
        };
      }),
  );
}

/** A draft with a file, and a message that the computer cannot have yet. */
async function leaveThings(ana: Person, daemon: TestDaemon): Promise<string> {
  await ana.startConversation();
  const conversationId = /\/c\/([0-9a-f-]+)/.exec(ana.page.url())?.[1] ?? '';
  await daemon.stop();
  await ana.say('Never sent');
  await ana.messageBox.fill('half a thought');
  await ana.button('Add photos or files').click();
  const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') };
  await ana.page.getByRole('dialog').getByLabel('File', { exact: true }).setInputFiles(notes);
  await expect.poll(() => kept(ana.page)).toEqual({ identity: 1, outbox: 1, drafts: 1, files: 1 });
  return conversationId;
}

test('of a deleted conversation only unsent words stay on the phone, whether it looked on or was away', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  const nothing = { identity: 1, outbox: 0, drafts: 0, files: 0 };
  const away = await leaveThings(ana, daemon);
  const address = ana.page.url();
  await ana.page.goto('about:blank');
  await daemon.start();
  await daemon.client.command('conversation.delete', { conversationId: away });
  await ana.page.goto(new URL('/', address).href);
  await expect.poll(() => kept(ana.page)).toEqual({ ...nothing, outbox: 1 });
  const unsent = ana.page.getByRole('region', { name: 'Not sent' });
  await expect(unsent).toContainText('Never sent');
  await unsent.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(() => kept(ana.page)).toEqual(nothing);

  const lookingOn = await leaveThings(ana, daemon);
  await daemon.start();
  // It may have been sent by now.
  await daemon.client.command('conversation.delete', { conversationId: lookingOn });
  await expect.poll(async () => ({ ...(await kept(ana.page)), outbox: 0 })).toEqual(nothing);
});

test('a phone that the computer no longer knows keeps nothing of it, and says so', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await leaveThings(ana, daemon);
  await ana.page.goto('about:blank');
  await daemon.start();
  const { devices } = await daemon.owner.run('device.list', {});
  const phone = devices.find(({ kind }) => kind === 'phone');
  await daemon.owner.run('device.revoke', { deviceId: phone?.deviceId ?? '' });
  await ana.page.goto(daemon.url);
  await expect(ana.page.getByRole('alert')).toHaveText(
    'The computer does not know this device any more. All that was kept here of it is gone.',
  );
  await look(ana.page, 'signed-out');
  // On the smallest screen, too, one can scroll up to where it begins.
  await ana.page.setViewportSize({ width: 320, height: 300 });
  const lantern = ana.page.locator('main svg').first();
  await lantern.scrollIntoViewIfNeeded();
  await expect(lantern).toBeInViewport({ ratio: 1 });
  expect(await kept(ana.page)).toEqual({ identity: 0, outbox: 0, drafts: 0, files: 0 });
  await ana.page.reload();
  await expect(ana.page.getByRole('heading', { name: 'Scan the code on your computer' })).toBeVisible();
});
