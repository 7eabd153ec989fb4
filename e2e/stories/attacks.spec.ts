// A hostile page in the browser of somebody who is signed in: sixteen attempts from five places. None gets or does anything, and the
// phone is as before. That the attempts are good is seen with builds that lack a wall.
import { attackNames, nothingGot } from '../attacks/attack-page.ts';
import { type Attacker, openAttacker, type Report } from '../attacks/attacker.ts';
import { type weakenings, weakenedBuild } from '../attacks/weakened.ts';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { expect, test } from '../people/story.ts';
import { openWebKit, webkitBrowser } from '../people/webkit.ts';
import type { Page } from '@playwright/test';

test.describe.configure({ timeout: 240_000 });

/** Presses the button of each page and gives what was got, by the places. */
async function attackFrom(
  attacker: Attacker,
  visit: (url: string, attack: () => Promise<void>) => Promise<void>,
): Promise<Report[]> {
  const found: Report[] = [];
  for (const { url, reports } of attacker.pages)
    await visit(url, async () => {
      for (const place of reports) found.push(await attacker.report(place));
    });
  return found;
}

const visitIn = (page: Page) => async (url: string, attack: () => Promise<void>) => {
  await page.goto(url);
  await page.getByRole('button', { name: 'Go' }).click();
  await attack();
};

const places = ['other port', 'other name', 'around frames', 'in a frame', 'without an origin'];
const gotNothing = places.map((place) => ({
  ...Object.fromEntries(attackNames.map((name) => [name, nothingGot])),
  place,
}));

/** What was done by it, and what of ours reached the attacker. */
async function harm(daemon: TestDaemon, { heard }: Attacker) {
  const { conversations } = await daemon.client.command('conversation.list', {});
  const { devices } = await daemon.owner.run('device.list', {});
  const leaked = JSON.stringify(heard.map(({ headers }) => headers)).match(/plt_|bearer/gi) ?? [];
  return {
    stolen: conversations.filter(({ title }) => title === 'stolen').length,
    devices: devices.length,
    leaked,
  };
}

test('a hostile page beside a paired one gets nothing, does nothing and breaks nothing', {
  tag: '@core',
}, async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  const attacker = await openAttacker(daemon);
  try {
    const hostile = await ana.page.context().newPage();
    expect(await attackFrom(attacker, visitIn(hostile))).toEqual(gotNothing);
    expect(await harm(daemon, attacker)).toEqual({ stolen: 0, devices: 2, leaked: [] });
    await hostile.close();
    await ana.say('[[text still here]]');
    await expect(ana.answers.last()).toHaveText('still here');
    await ana.page.reload();
    await expect(ana.answers.last()).toHaveText('still here');
    await ana.say('[[text and again]]');
    await expect(ana.answers.last()).toHaveText('and again');
  } finally {
    await attacker.close();
  }
});

const stolenBy = async (page: Page, without: keyof typeof weakenings) => {
  const { program, remove } = await weakenedBuild(without);
  const daemon = await startTestDaemon({ program });
  const attacker = await openAttacker(daemon);
  try {
    const reports = await attackFrom(attacker, visitIn(page));
    return { sockets: reports.map(({ socket }) => socket?.slice(0, 6)), ...(await harm(daemon, attacker)) };
  } finally {
    await attacker.close();
    await daemon.close();
    await remove();
  }
};

test('the attempts succeed where a wall is missing, and one wall is enough', async ({ page }) => {
  const nothing = Array(5).fill(nothingGot.slice(0, 6));
  const rest = { devices: 1, leaked: [] };
  expect(await stolenBy(page, 'no Origin check')).toEqual({
    sockets: Array(5).fill('opened'),
    stolen: 0,
    ...rest,
  });
  expect(await stolenBy(page, 'an ambient credential')).toEqual({ sockets: nothing, stolen: 0, ...rest });
  expect(await stolenBy(page, 'an ambient credential and no Origin check')).toEqual({
    ...{ sockets: Array(5).fill('read {'), stolen: 5 },
    ...rest,
  });
});

test('in WebKit, too, a hostile page gets nothing, does nothing and breaks nothing', async ({ daemon }) => {
  const binary = webkitBrowser();
  test.skip(binary === undefined, 'WebKitGTK is not installed: on Debian, apt-get install webkit2gtk-driver');
  const phone = await openWebKit(binary ?? '');
  const attacker = await openAttacker(daemon);
  try {
    const { firstLine, closed } = await daemon.begin('pair', '--allow', '--json');
    await phone.goto(JSON.parse(firstLine).url);
    expect(await closed).toBe(0);
    await phone.click('a', /^Say hello$/);
    await phone.click('dialog button', /^project/);
    const visit = (url: string, attack: () => Promise<void>) =>
      phone.beside(url, async () => {
        await phone.click('button', /^Go$/);
        await attack();
      });
    expect(await attackFrom(attacker, visit)).toEqual(gotNothing);
    expect(await harm(daemon, attacker)).toEqual({ stolen: 0, devices: 2, leaked: [] });
    await phone.reload();
    await phone.fill(/^Message to Claude$/, '[[text still here]]');
    await phone.click('button', /^Send$/);
    await expect.poll(() => phone.texts('.item.text')).toEqual(['still here']);
  } finally {
    await attacker.close();
    await phone.close();
  }
});
