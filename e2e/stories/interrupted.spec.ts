// A turn that has no end, on two phones: what one decides holds on both, and Retry says all again that the turn had taken.
import { endRuns } from '../../daemon/testing/end-runs.ts';
import { look } from '../people/look.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

const card = (who: Person) => who.page.getByRole('region', { name: 'Interrupted' });

test('Retry says again all that the turn had taken, in order, once; Leave holds on every phone', async ({
  ana,
  daemon,
  newPerson,
}) => {
  const bo = await newPerson();
  await ana.pair();
  await bo.pair();
  await ana.startConversation();
  await ana.say('First [[sleep 1]] [[hold first]]');
  await daemon.api.waiting('first');
  await ana.messageBox.fill('Second [[text two]]');
  await ana.button('Say it now, into this turn').click();
  await expect(ana.words).toHaveText([/^First/, /^Second/]);
  await bo.page.goto(ana.page.url());
  await expect(bo.words).toHaveText([/^First/, /^Second/]);
  await endRuns(daemon.home);
  await expect(card(ana)).toBeVisible();
  await expect(card(bo)).toBeVisible();
  await look(ana.page, 'interrupted');
  await card(ana).getByRole('button', { name: 'Retry' }).click();
  await daemon.api.waiting('first');
  daemon.api.release('first');
  await expect(ana.words).toHaveText([/^First/, /^Second/]);
  await expect(card(bo)).toHaveCount(0);
  await expect(bo.words).toHaveText([/^First/, /^Second/]);
  await expect(ana.page.getByText('Answered')).toHaveCount(2);

  await ana.say('Third [[hold third]]');
  await daemon.api.waiting('third');
  await endRuns(daemon.home);
  await expect(card(bo)).toBeVisible();
  await card(ana).getByRole('button', { name: 'Leave' }).click();
  await expect(card(ana)).toHaveCount(0);
  await expect(card(bo)).toHaveCount(0);
  await bo.page.reload();
  await expect(bo.words).toHaveText([/^First/, /^Second/, /^Third/]);
  await expect(card(bo)).toHaveCount(0);
});
