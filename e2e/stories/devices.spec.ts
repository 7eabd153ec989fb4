// Who may come in: a typed code, what a device may do, names, the way out with the computer's yes, and what others are told.
import type { Locator } from '@playwright/test';
import type { Person } from '../people/person.ts';
import { openedPage } from '../people/opened-page.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

const computerScreen = { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false } as const;

/** The computer's own page with the code to scan. */
async function atComputer(computer: Person, home: string): Promise<void> {
  await computer.page.goto(await openedPage(home));
  await expect(computer.page.getByRole('img', { name: /QR code/ })).toBeVisible();
}

async function openDevices({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Devices', exact: true })).toBeVisible();
}

/** The row of the device that somebody looks with. */
function own({ page }: Person): Locator {
  return page.getByRole('region', { name: 'This device' }).getByRole('listitem');
}

test('a code typed by hand pairs a phone, which may do what was chosen at Allow', {
  tag: '@core',
}, async ({ ana, daemon, newPerson }) => {
  await daemon.restartWith('--open');
  const computer = await newPerson(computerScreen);
  await atComputer(computer, daemon.home);
  const typed = (await computer.page.locator('.typed').textContent()) ?? '';
  expect(typed).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await look(computer.page, 'pair-page');

  await ana.page.goto(daemon.url);
  await ana.page.getByRole('link', { name: 'Type the code instead' }).click();
  const field = ana.page.getByRole('textbox', { name: 'Code from the computer' });
  await field.fill(typed.startsWith('Z') ? 'AAAA AAAA' : 'ZZZZ ZZZZ');
  await ana.button('Go on').click();
  await expect(ana.page.getByText('4 tries are left')).toBeVisible();
  await field.fill('short');
  await ana.button('Go on').click();
  await expect(ana.page.getByText('eight letters and digits')).toBeVisible();
  await look(ana.page, 'type-code');
  await field.fill(typed.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'));
  await ana.button('Go on').click();

  expect(await ana.digits()).toBe(await computer.digits());
  await computer.page.getByRole('radio', { name: /only read/i }).check();
  await computer.button('Allow').click();
  await expect(ana.page.getByRole('heading', { name: 'Porchlight' })).toBeVisible();
  await openDevices(ana);
  await expect(own(ana)).toContainText('May only read');
});

test('five wrong codes kill what is typed, and the computer says so', async ({ ana, daemon, newPerson }) => {
  await daemon.restartWith('--open');
  const computer = await newPerson(computerScreen);
  await atComputer(computer, daemon.home);
  const typed = (await computer.page.locator('.typed').textContent()) ?? '';
  await ana.page.goto(`${daemon.url}/p`);
  const field = ana.page.getByRole('textbox', { name: 'Code from the computer' });
  for (const words of ['4 tries', '3 tries', '2 tries', 'One try', 'last of five']) {
    await field.fill(typed.startsWith('Z') ? 'AAAAAAAA' : 'ZZZZZZZZ');
    await ana.button('Go on').click();
    await expect(ana.page.getByText(words)).toBeVisible();
  }
  await expect(computer.page.getByText('Five wrong codes were typed')).toBeVisible();
  await look(computer.page, 'code-killed');
  await field.fill(typed);
  await ana.button('Go on').click();
  await expect(ana.page.getByText(/used up or too old/)).toBeVisible();
});

test('a phone that has lost its key takes its old place with one scan, name and all', async ({
  ana,
  daemon,
  newPerson,
}) => {
  await ana.pair();
  await openDevices(ana);
  await own(ana).locator('summary').click();
  await ana.page.getByRole('textbox', { name: 'Name' }).fill('Ana’s phone');
  await ana.button('Rename').click();
  await expect(ana.page.locator('.device strong', { hasText: 'Ana’s phone' })).toBeVisible();
  const before = (await daemon.owner.run('device.list', {})).devices.find(({ kind }) => kind === 'phone');

  await daemon.restartWith('--open');
  const computer = await newPerson(computerScreen);
  await atComputer(computer, daemon.home);
  const again = await newPerson();
  const { firstLine } = await daemon.begin('pair', '--json');
  await again.scan(JSON.parse(firstLine).url);
  expect(await again.digits()).toBe(await computer.digits());
  await computer.page.getByRole('radio', { name: /Replace “Ana’s phone”/ }).check();
  await expect(computer.page.getByText('It keeps the name')).toBeVisible();
  await look(computer.page, 'replace');
  await computer.button('Allow').click();
  await expect(again.page.getByRole('heading', { name: 'Porchlight' })).toBeVisible();
  await expect(ana.page.getByText('does not know this device any more')).toBeVisible();
  const phones = (await daemon.owner.run('device.list', {})).devices.filter(({ kind }) => kind === 'phone');
  expect(phones).toMatchObject([
    {
      deviceId: before?.deviceId,
      label: 'Ana’s phone',
      createdAt: before?.createdAt,
      scopes: before?.scopes,
    },
  ]);
});

test('a phone that may manage devices removes another once the computer says yes; the others are told', async ({
  ana,
  daemon,
  newPerson,
}) => {
  await ana.pair();
  const bob = await newPerson();
  const { firstLine, closed } = await daemon.begin(
    'pair',
    '--allow',
    '--scopes',
    'read,use,approve,admin',
    '--json',
  );
  await bob.scan(JSON.parse(firstLine).url);
  expect(await closed).toBe(0);
  await expect(bob.page.getByRole('heading', { name: 'Porchlight' })).toBeVisible();
  // Ana is told of Bob, Bob of nobody: he came last.
  await expect(ana.page.getByRole('status', { name: 'Devices' })).toContainText('was let in');
  await look(ana.page, 'notice');
  await expect(bob.page.getByRole('status', { name: 'Devices' })).toBeHidden();
  await ana.button('Dismiss').click();
  await ana.page.reload();
  await expect(ana.page.getByText('The light is on')).toBeVisible();
  await expect(ana.page.getByRole('status', { name: 'Devices' })).toBeHidden();

  await daemon.run('token', 'create', '--name', 'Backup', '--json');
  await expect(ana.page.getByRole('status', { name: 'Devices' })).toContainText(
    'The API token “Backup” was made',
  );
  const computer = await newPerson(computerScreen);
  await daemon.restartWith('--open');
  await atComputer(computer, daemon.home);

  await openDevices(bob);
  await bob.page.locator('.device summary', { hasText: 'Backup' }).click();
  await bob.button('Remove…').click();
  await bob.button('Remove').click();
  await expect(bob.page.getByText('Confirm this on the computer')).toBeVisible();
  await look(bob.page, 'devices-waiting');
  const dialog = computer.page.getByRole('alertdialog');
  await expect(dialog).toContainText('remove the API token “Backup”');
  await expect(dialog.getByRole('button', { name: 'Deny' })).toBeFocused();
  await look(computer.page, 'confirmation');
  await dialog.getByRole('button', { name: 'Allow' }).click();
  await expect(bob.page.locator('.device strong', { hasText: 'Backup' })).toBeHidden();
  await expect(bob.page.getByText('Confirm this on the computer')).toBeHidden();

  // Another one from the terminal, and a no.
  await bob.page.locator('.device summary', { hasText: 'test' }).click();
  await bob.button('Remove…').click();
  await bob.button('Remove').click();
  await expect(bob.page.getByText('Confirm this on the computer')).toBeVisible();
  const listed = JSON.parse((await daemon.run('confirm', '--json')).stdout).confirmations;
  await daemon.run('confirm', listed[0].confirmationId.slice(0, 6), '--deny');
  await expect(bob.page.getByText('Nobody at the computer allowed it')).toBeVisible();
  await expect(bob.page.locator('.device strong', { hasText: 'test' })).toBeVisible();
});

test('a phone goes on at another address of the computer without pairing anew, and the old place is over', async ({
  ana,
  daemon,
}) => {
  const { firstLine, closed } = await daemon.begin('pair', '--allow', '--json');
  const url = JSON.parse(firstLine).url.replace('localhost', '127.0.0.1');
  await ana.scan(url);
  expect(await closed).toBe(0);
  await expect(ana.page.getByRole('heading', { name: 'Porchlight' })).toBeVisible();
  const before = (await daemon.owner.run('device.list', {})).devices;
  await expect.poll(() => ticketKept(ana)).toBe(true);
  await daemon.stop();
  await ana.page.getByText('Is it at another address?').click();
  const link = ana.page.getByRole('link', { name: 'localhost' });
  await expect(link).toBeVisible();
  await look(ana.page, 'elsewhere');
  const old = await ana.page.context().newPage();
  await daemon.start();
  await link.click();
  await expect(ana.page.getByRole('heading', { name: 'Porchlight' })).toBeVisible();
  expect(ana.page.url()).toBe(`${daemon.url.replace('127.0.0.1', 'localhost')}/`);
  await openDevices(ana);
  await expect(own(ana)).toBeVisible();
  const after = (await daemon.owner.run('device.list', {})).devices;
  expect(after.map(({ deviceId }) => deviceId)).toEqual(before.map(({ deviceId }) => deviceId));
  await old.goto(url.slice(0, url.indexOf('/p#')));
  await expect(old.getByText('does not know this device any more')).toBeVisible();
});

function ticketKept({ page }: Person): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open('porchlight');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const got = opening.result.transaction('notes').objectStore('notes').get('moveTicket');
          got.onsuccess = () => {
            opening.result.close();
            resolve(got.result !== undefined);
          };
        };
      }),
  );
}
