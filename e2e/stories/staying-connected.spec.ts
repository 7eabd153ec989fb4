// Whatever happens between phone and computer: each word once, in order, on every device.
import { expect, test } from '../people/story.ts';
import { refuseSockets } from '../people/without-sockets.ts';

const sentence = 'The quick brown fox jumps over the lazy dog. ';
const whole = (times: number) => new RegExp(`^\\s*${sentence.repeat(times).trim()}\\s*$`);

test('where WebSockets are refused the page goes on by itself, over SSE', async ({ ana, daemon }) => {
  await refuseSockets(ana.page);
  const streams: string[] = [];
  ana.page.on('request', (request) => {
    if (request.url().includes('/events')) streams.push(request.url());
  });
  await ana.pair();
  await ana.startConversation();
  await ana.say('Hi [[slow 20 6]]');
  await expect(ana.answers).toHaveText(whole(6));
  await ana.say('And [[text again.]]');
  await expect(ana.answers.last()).toHaveText('again.');
  expect(streams.some((url) => url.startsWith(`${daemon.url}/api/logs/lobby`))).toBe(true);
});

test('two phones see the same conversation, as it happens, and either can write', async ({
  ana,
  newPerson,
}) => {
  await ana.pair();
  await ana.startConversation();
  const bob = await newPerson();
  await bob.pair();
  await bob.page.goto(ana.page.url());
  await ana.say('From Ana [[slow 20 6]]');
  for (const person of [ana, bob]) await expect(person.answers).toHaveText(whole(6));
  await bob.say('From Bob [[text Hello both.]]');
  for (const person of [ana, bob]) {
    await expect(person.answers.last()).toHaveText('Hello both.');
    await expect(person.words).toHaveText(['From Ana [[slow 20 6]]', 'From Bob [[text Hello both.]]']);
  }
});

test('a reload in mid-stream loses nothing and doubles nothing', { tag: '@core' }, async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('Hi [[slow 25 30]]');
  for (let n = 0; n < 3; n++) {
    await expect(ana.answers).toContainText('fox');
    await ana.page.reload();
  }
  await expect(ana.answers).toHaveText(whole(30));
  await expect(ana.words).toHaveText(['Hi [[slow 25 30]]']);
});

test('the daemon is killed in mid-stream and started again: the whole answer comes, and the next message works', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('Hi [[slow 25 40]]');
  await expect(ana.answers).toContainText('fox');
  await daemon.stop('SIGKILL');
  await expect(ana.page.getByRole('status').filter({ hasText: /try|Trying/ })).toBeVisible();
  await daemon.start();
  await expect(ana.answers).toHaveText(whole(40));
  await ana.say('Next [[text Still here.]]');
  await expect(ana.answers.last()).toHaveText('Still here.');
});

test('what is written while the computer is away is kept, also over a reload, and sent once', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('One [[text first]]');
  await expect(ana.answers).toHaveText('first');
  await expect(ana.receipts).toHaveCount(1);
  await daemon.stop();
  await ana.say('Two [[text second]]');
  await expect(ana.page.getByText('On this device, will send')).toBeVisible();
  await daemon.start();
  await expect(ana.answers.last()).toHaveText('second');
  await expect(ana.words).toHaveText(['One [[text first]]', 'Two [[text second]]']);
});
