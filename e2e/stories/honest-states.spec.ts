// What the phone says of the connection and of each message is true at every moment: and what a person decides about a message
// in doubt holds on all phones. Claude is one that misbehaves when told to, for the states that the real one passes in no time.
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

const faulty = fileURLToPath(new URL('../../daemon/testing/faulty-claude.mjs', import.meta.url));
test.use({ daemonOptions: { claude: 'bin/claude' } });

async function begin(daemon: TestDaemon, person: Person): Promise<void> {
  mkdirSync(join(daemon.folder, 'bin'));
  symlinkSync(faulty, join(daemon.folder, 'bin', 'claude'));
  await daemon.client.command('claude.check', {});
  await person.pair();
  await person.startConversation();
}

/** As a script does: while Claude has said nothing at all, no turn runs that a phone could stop. */
async function stopMute({ client }: TestDaemon, { page }: Person, words: string): Promise<void> {
  const conversationId = page.url().split('/').at(-1) ?? '';
  let sent: unknown;
  await client.readUntil(conversationId, (event) => {
    if (event.type === 'message.sent' && String(event['text']).includes(words)) sent = event['messageId'];
    return event.type === 'message.handed' && event['messageId'] === sent;
  });
  await client.command('turn.stop', { conversationId });
}
const line = (person: Person) => person.page.locator('.connection-line');
const bubble = (person: Person, words: string) => person.page.locator('.bubble', { hasText: words });

test('the connection: connecting, no network, a computer that is asleep, and live again', async ({
  ana,
  daemon,
}) => {
  await begin(daemon, ana);
  await expect(line(ana)).toHaveCount(0);

  await daemon.stop();
  await expect(line(ana)).toHaveText(
    /^The computer has been asleep or away since \d\d:\d\d\. Trying again( in \d+ s\.|…)\s*Try now$/,
  );
  await ana.page.context().setOffline(true);
  await expect(line(ana)).toContainText('This device has no network.');
  await ana.page.context().setOffline(false);
  await daemon.start();
  await expect(line(ana)).toHaveCount(0);

  // Somebody in between takes the connection and says nothing.
  await ana.page.routeWebSocket(/\/api\/socket$/, () => undefined);
  await ana.page.route('**/api/logs/**', () => undefined);
  await ana.page.reload();
  await expect(line(ana)).toHaveText('Connecting to the computer…');
  await expect(line(ana)).toContainText('The computer does not answer.');
});

test('a message: on the phone, on the computer, with Claude, answered', async ({ ana, daemon }) => {
  await begin(daemon, ana);
  await daemon.stop();
  await ana.say('First [[mute]]');
  await expect(bubble(ana, 'First')).toContainText('On this device, will send');
  await daemon.start();
  await expect(bubble(ana, 'First')).toContainText('On the computer');
  await stopMute(daemon, ana, 'First');
  await expect(bubble(ana, 'First')).toContainText('May not have reached Claude');
  await expect(ana.messageBox).toHaveAttribute('placeholder', 'Message Claude');

  await ana.say('Second [[hang]]');
  await expect(bubble(ana, 'Second')).toContainText('With Claude');
  await ana.button(/^Stop/).first().click();
  await expect(ana.page.getByText(/^Interrupted\./)).toBeVisible();
  await ana.say('Third [[well]]');
  await expect(bubble(ana, 'Third')).toContainText('Answered');
});

test('a message in doubt: Leave and Send again hold on every phone', async ({ ana, daemon, newPerson }) => {
  await begin(daemon, ana);
  const bob = await newPerson();
  await bob.pair();
  await bob.page.goto(ana.page.url());
  const both = [ana, bob];
  const doubted = async (words: string) => {
    await ana.say(`${words} [[mute]]`);
    await expect(bubble(ana, words)).toContainText('On the computer');
    await stopMute(daemon, ana, words);
    for (const person of both) {
      await expect(bubble(person, words)).toContainText('May not have reached Claude');
      await expect(person.button('Send again')).toBeVisible();
    }
  };
  await doubted('Leave me');
  await bob.button('Leave it').click();
  for (const person of both) await expect(person.button('Send again')).toHaveCount(0);

  await doubted('Again please');
  await bob.button('Send again').click();
  for (const person of both) {
    await expect(person.button('Send again')).toHaveCount(0);
    await expect(bubble(person, 'Again please')).toHaveCount(2);
    await expect(bubble(person, 'Again please').last()).toContainText('On the computer');
  }
});
