// Several agents ask at the same time, and two people answer from two phones, with the computer starting anew in between: what
// one has answered is gone for the other, and nothing is asked twice.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../people/story.ts';

test('three requests are answered out of order from two phones, over a restart', async ({
  ana,
  newPerson,
  daemon,
}) => {
  const exists = (name: string) => existsSync(join(daemon.project, name));
  await ana.pair();
  await ana.startConversation();
  const bob = await newPerson();
  await bob.pair();
  await ana.say('[[agents touch one.txt; touch two.txt; touch three.txt]]');
  const asksAna = ana.page.getByRole('region', { name: 'Claude asks' });
  const asksBob = bob.page.getByRole('region', { name: 'Claude asks' });
  await expect(asksAna.getByText('1 of 3')).toBeVisible();
  await bob.page
    .getByRole('link', { name: /3 requests/ })
    .first()
    .click();
  await expect(asksBob.getByText('1 of 3')).toBeVisible();

  await ana.button('Next request').click();
  await ana.button('Next request').click();
  await expect(asksAna.getByText('3 of 3')).toBeVisible();
  await asksAna.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(asksBob.getByText('1 of 2')).toBeVisible();
  await expect.poll(() => ['one.txt', 'two.txt', 'three.txt'].filter(exists)).toHaveLength(1);

  await daemon.stop('SIGKILL');
  // The line with the next try stays until the phone is connected again.
  for (const person of [ana, bob]) await expect(person.button('Try now')).toBeVisible();
  await daemon.start();
  for (const person of [ana, bob]) await expect(person.button('Try now')).toHaveCount(0);
  await expect(asksBob.getByText('1 of 2')).toBeVisible();
  await asksBob.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(asksBob.getByText(/\d of \d/)).toHaveCount(0);
  await expect(asksAna.getByText(/\d of \d/)).toHaveCount(0);
  await asksAna.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect(asksAna).toHaveCount(0);
  await expect(asksBob).toHaveCount(0);
  await expect.poll(() => ['one.txt', 'two.txt', 'three.txt'].filter(exists)).toHaveLength(3);
});
