// What a phone says when the computer's disk is full, when a conversation is damaged there, and when the computer's memory was put
// back from a copy: what is wrong, what to do, and that nothing written is lost. And what the terminal says of a newer store.
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endRuns } from '../../daemon/testing/end-runs.ts';
import { mountSmallDisk, noSmallDisk, type SmallDisk } from '../../daemon/testing/small-disk.ts';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { look } from '../people/look.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

const line = (person: Person) => person.page.locator('.trouble-line');
const bubble = (person: Person, words: string) => person.page.locator('.bubble', { hasText: words });
const logOf = ({ home }: TestDaemon, { page }: Person) =>
  join(home, 'conversations', page.url().split('/').at(-1) ?? '', 'log', '00000001.jsonl');

test.describe('on a disk of 8 MiB', () => {
  test.skip(noSmallDisk !== '', noSmallDisk);
  const onDisk = test.extend<{ disk: SmallDisk; daemon: TestDaemon }>({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form.
    disk: async ({}, use) => {
      const disk = await mountSmallDisk(8);
      await use(disk);
      await disk.close();
    },
    daemon: async ({ disk }, use) => {
      const daemon = await startTestDaemon({ home: join(disk.folder, 'home') });
      await use(daemon);
      await daemon.close();
    },
  });

  onDisk(
    'a full disk: the phone says so, keeps the message, and it goes by itself',
    async ({ ana, disk }) => {
      await ana.pair();
      await ana.startConversation();
      await ana.say('First [[text here]]');
      await expect(bubble(ana, 'First')).toContainText('Answered');
      await expect(line(ana)).toHaveCount(0);

      disk.fill();
      await ana.say(`Second [[text there]] ${'and more '.repeat(500)}`);
      await expect(line(ana)).toContainText('The computer’s disk is full');
      await expect(line(ana)).toContainText('What you write waits on this device.');
      await expect(bubble(ana, 'Second')).toContainText('On this device, will send');
      await look(ana.page, 'storage-full');
      await ana.page.reload();
      await expect(line(ana)).toContainText('The computer’s disk is full');
      await expect(bubble(ana, 'Second')).toContainText('On this device, will send');

      disk.free();
      await expect(line(ana)).toHaveCount(0);
      await expect(bubble(ana, 'Second')).toContainText('Answered');
      await expect(bubble(ana, 'Second')).toHaveCount(1);
    },
  );

  onDisk('another phone learns of it too, without asking for anything', async ({ ana, newPerson, disk }) => {
    await ana.pair();
    const bob = await newPerson();
    await bob.pair();
    await ana.startConversation();
    disk.fill();
    await ana.say(`Hello ${'and more '.repeat(500)}`);
    await expect(line(bob)).toContainText('The computer’s disk is full');
    await look(bob.page, 'storage-full-now');
    disk.free();
    await expect(line(bob)).toHaveCount(0);
  });
});

test('a damaged conversation says so and what to do, is read up to the damage, and goes on in a fork', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  for (const words of ['First', 'Second', 'Third']) {
    await ana.say(`${words} [[text ${words} heard]]`);
    await expect(bubble(ana, words)).toContainText('Answered');
  }
  await daemon.stop();
  const bytes = readFileSync(logOf(daemon, ana));
  bytes[bytes.indexOf('Second heard')] = 0;
  writeFileSync(logOf(daemon, ana), bytes);
  await daemon.start();
  await expect(line(ana)).toContainText('This conversation is damaged on the computer’s disk.');
  await expect(bubble(ana, 'First')).toBeVisible();
  await expect(bubble(ana, 'Third')).toHaveCount(0);
  await expect(ana.messageBox).toHaveCount(0);
  await look(ana.page, 'storage-damaged');

  await ana.button('Fork this conversation').click();
  await expect(line(ana)).toHaveCount(0);
  await expect(bubble(ana, 'First')).toBeVisible();
  await ana.say('Fourth [[text four heard]]');
  await expect(bubble(ana, 'Fourth')).toContainText('Answered');
});

test('a store put back from a copy: the phone starts over with what there is, and says what it had to say', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('First [[text one]]');
  await expect(bubble(ana, 'First')).toContainText('Answered');
  await daemon.stop();
  const copy = `${daemon.home}.copy`;
  cpSync(daemon.home, copy, { recursive: true, filter: (path) => path !== join(daemon.home, 'runs') });
  await daemon.start();
  await ana.say('Second [[text two]]');
  await expect(bubble(ana, 'Second')).toContainText('Answered');

  await daemon.stop();
  await ana.say('Third [[text three]]');
  await expect(bubble(ana, 'Third')).toContainText('On this device, will send');
  // Nobody would find them there any more.
  await endRuns(daemon.home);
  rmSync(daemon.home, { recursive: true });
  cpSync(copy, daemon.home, { recursive: true });
  chmodSync(daemon.home, 0o700);
  await daemon.start();
  await expect(bubble(ana, 'Third')).toContainText('Answered');
  await expect(bubble(ana, 'First')).toHaveCount(1);
  await expect(bubble(ana, 'Second')).toHaveCount(0);
});

test('a store put back from before a conversation began: what was still to be said there is kept and shown', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await daemon.stop();
  const copy = `${daemon.home}.copy`;
  cpSync(daemon.home, copy, { recursive: true, filter: (path) => path !== join(daemon.home, 'runs') });
  await daemon.start();
  // Parts of the page that it looked for meanwhile would have to be asked for again.
  await ana.page.reload();
  await ana.startConversation();
  await ana.say('First [[text one]]');
  await expect(bubble(ana, 'First')).toContainText('Answered');
  await daemon.stop();
  await ana.say('These words are nowhere else');
  await expect(bubble(ana, 'These words')).toContainText('On this device, will send');
  // Nobody would find them there any more.
  await endRuns(daemon.home);
  rmSync(daemon.home, { recursive: true });
  cpSync(copy, daemon.home, { recursive: true });
  chmodSync(daemon.home, 0o700);
  await daemon.start();

  await expect(ana.page.getByText('This conversation no longer exists.')).toBeVisible();
  await ana.page.getByText('Back to all conversations').click();
  const kept = ana.page.getByRole('region', { name: 'Not sent' });
  await expect(kept).toContainText('These words are nowhere else');
  await look(ana.page, 'storage-not-sent');
  await ana.page.reload();
  await expect(kept).toContainText('These words are nowhere else');
  await kept.getByRole('button', { name: 'Remove' }).click();
  await expect(kept).toHaveCount(0);
});

test('a store of a newer Porchlight is refused in the terminal with what to do, and left as it is', async ({
  daemon,
}) => {
  await daemon.stop();
  const path = join(daemon.home, 'epoch');
  const newer = readFileSync(path, 'utf8').replace('format 1', 'format 99');
  writeFileSync(path, newer);
  const { code, stderr } = await daemon.run('serve', '--tray', 'off', '--port', '0', '--host', '127.0.0.1');
  expect([code, stderr.trim()]).toEqual([
    5,
    `${path} was written by a newer Porchlight (format 99; this one knows 1). ` +
      'Install that version again, or choose another home with --home.',
  ]);
  expect(readFileSync(path, 'utf8')).toBe(newer);
});
