// From the QR code to Claude's first words.
import { openedPage } from '../people/opened-page.ts';
import { expect, test } from '../people/story.ts';

test('a phone scans the code, both sides show the same digits, Allow, and Claude answers', {
  tag: '@core',
}, async ({ ana, daemon, newPerson }) => {
  await daemon.restartWith('--open');
  const computer = await newPerson({
    viewport: { width: 1280, height: 800 },
    isMobile: false,
    hasTouch: false,
  });
  await computer.page.goto(await openedPage(daemon.home));
  await expect(computer.page.getByRole('img', { name: /QR code/ })).toBeVisible();
  // The terminal shows the very code that the page shows.
  const { firstLine } = await daemon.begin('pair', '--json');

  await ana.scan(JSON.parse(firstLine).url);
  const digits = await ana.digits();
  expect(await computer.digits()).toBe(digits);
  await computer.button('Allow').click();
  await expect(computer.page.getByText(/paired/)).toBeVisible();

  await ana.startConversation();
  await ana.say('Hello! [[slow 20 6]]');
  await expect(ana.page.getByText('With Claude')).toBeVisible();
  await expect(ana.answers).toHaveText(/^(The quick brown fox jumps over the lazy dog\. ?){6}$/);
  await expect(ana.receipts).toHaveCount(1);
});

test('the code is gone from the address bar at once, and a used code says what to do', async ({
  ana,
  daemon,
  newPerson,
}) => {
  const { firstLine } = await daemon.begin('pair', '--allow', '--json');
  const { url } = JSON.parse(firstLine);
  await ana.scan(url);
  await expect(ana.page.getByRole('heading', { name: 'Porchlight' })).toBeVisible();
  expect(ana.page.url()).not.toContain('c=');
  const bob = await newPerson();
  await bob.scan(url);
  await expect(bob.page.getByText(/used up or too old/)).toBeVisible();
});

test('a device that is not paired sees how to get in, and nothing else', async ({ ana, daemon }) => {
  await ana.page.goto(`${daemon.url}/c/00000000-0000-4000-8000-000000000000`);
  await expect(ana.page.getByText('Scan the code on your computer')).toBeVisible();
});
