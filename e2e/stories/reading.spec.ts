// Reading while Claude writes: the end stays in sight for who is there, and nothing moves for who reads further up.
import { expect, test } from '../people/story.ts';

test('at the end it stays at the end, through streaming, a smaller screen and one’s own words', async ({
  ana,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[long 60]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.page.setViewportSize({ width: 360, height: 420 });
  await expect(ana.receipts.last()).toBeInViewport();
  await ana.page.setViewportSize({ width: 412, height: 839 });
  await expect(ana.receipts.last()).toBeInViewport();
  await ana.transcript.evaluate((log) => log.parentElement?.scrollTo(0, 0));
  await expect(ana.button('Jump to latest')).toBeVisible();
  await ana.say('[[slow 20 10]]');
  await expect(ana.words.last()).toBeInViewport();
  await expect(ana.receipts).toHaveCount(2);
  await expect(ana.receipts.last()).toBeInViewport();
});

test('further up nothing moves while Claude writes, and the way back says how much is new', async ({
  ana,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[long 60]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.say('[[slow 20 30]]');
  await expect(ana.answers.last()).toContainText('fox');
  await ana.transcript.evaluate((log) => log.parentElement?.scrollTo(0, 40));
  await expect(ana.button(/Jump to latest/)).toBeVisible();
  const first = ana.words.first();
  const before = await first.boundingBox();
  await expect(ana.receipts).toHaveCount(2);
  expect(await first.boundingBox()).toEqual(before);
  await ana.button(/Jump to latest/).click();
  await expect(ana.receipts.last()).toBeInViewport();
});
