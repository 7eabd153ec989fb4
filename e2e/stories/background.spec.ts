// What runs beside the conversation: seen, stopped, moved there, and the turn that Claude begins by itself when it ends.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endRuns } from '../../daemon/testing/end-runs.ts';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

const strip = (who: Person) => who.button(/running in the background$/);
const sheet = (who: Person) => who.page.getByRole('dialog');
const until = (name: string) => `until test -e ${name}; do sleep 0.2; done`;

test('a command in the background is seen, and its end starts a turn by itself', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say(`[[bashbg ${until('go')}]]`);
  await expect(ana.receipts).toHaveCount(1);
  await expect(strip(ana)).toHaveText('1 running in the background');
  await look(ana.page, 'background-strip');
  await strip(ana).click();
  await expect(sheet(ana)).toContainText('Run a command');
  await expect(sheet(ana)).toContainText(until('go'));
  await expect(sheet(ana)).toContainText('Command · ');
  await look(ana.page, 'background-sheet');
  await expectAccessible(ana.page, 'what runs in the background');
  writeFileSync(join(daemon.project, 'go'), '');
  await expect(sheet(ana)).toContainText('Nothing runs in the background any more.');
  await ana.button('Close').click();
  await expect(strip(ana)).toHaveCount(0);
  await expect(ana.receipts).toHaveCount(2);
  await expect(ana.receipts.last()).toContainText('After background work');
  await look(ana.page, 'background-by-itself');
});

test('several can be stopped one by one, also after the daemon was killed', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  for (const [index, name] of ['never', 'nowhere'].entries()) {
    await ana.say(`[[bashbg ${until(name)}]]`);
    await expect(ana.receipts).toHaveCount(index + 1);
  }
  await daemon.stop('SIGKILL');
  await strip(ana).click();
  const stop = sheet(ana).getByRole('button', { name: /^Stop/ });
  await stop.first().click();
  await expect(sheet(ana).getByRole('alert')).toHaveText(/The computer did not answer/);
  await ana.button('Close').click();
  await daemon.start();
  await expect(ana.messageBox).toHaveAttribute('placeholder', 'Message Claude');
  await expect(strip(ana)).toHaveText('2 running in the background');
  await strip(ana).click();
  await stop.first().click();
  await expect(sheet(ana).getByRole('listitem')).toHaveCount(1);
  await stop.click();
  await expect(sheet(ana)).toContainText('Nothing runs in the background any more.');
});

test('a command that takes long is let go on in the background', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say(`[[bash ${until('moved')}]]`);
  const move = ana.button('Let it go on in the background');
  await expect(move).toBeVisible();
  await look(ana.page, 'background-let-go');
  await move.click();
  await expect(ana.receipts).toHaveCount(1);
  await expect(strip(ana)).toHaveText('1 running in the background');
  await expect(move).toHaveCount(0);
  writeFileSync(join(daemon.project, 'moved'), '');
  await expect(ana.receipts.last()).toContainText('After background work');
});

test('when Claude is gone, so is what ran beside it', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say(`[[bashbg ${until('lost')}]]`);
  await expect(strip(ana)).toBeVisible();
  await expect(ana.receipts).toHaveCount(1);
  await endRuns(daemon.home);
  await expect(strip(ana)).toHaveCount(0);
  await ana.say('[[text on it goes]]');
  // Claude may speak of the lost work by itself, before or after.
  await expect(ana.answers.filter({ hasText: /^on it goes$/ })).toHaveCount(1);
});

test('an agent in the background shows what it does', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say(`[[taskbg {{bash ${until('agent')}}}]]`);
  await expect(strip(ana)).toBeVisible();
  await strip(ana).click();
  await expect(sheet(ana)).toContainText('Look around');
  await expect(sheet(ana)).toContainText('Agent');
  await look(ana.page, 'background-agent');
  await sheet(ana).getByRole('button', { name: 'Stop Look around' }).click();
  await expect(sheet(ana)).toContainText('Nothing runs in the background any more.');
});
