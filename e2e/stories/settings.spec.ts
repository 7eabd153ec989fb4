// The settings page: everything with what it means, changed in place on the phone and at the computer by those who may, in the
// computer's own words where something cannot be.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import type { Person } from '../people/person.ts';
import { takePicture } from '../people/pictures.ts';
import { expect, test } from '../people/story.ts';

const computerScreen = { viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false } as const;

const setting = ({ page }: Person, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

async function openSettings({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
}

test.use({ daemonOptions: { env: { PORCHLIGHT_IDLE_MINUTES: '7' } } });

test('a phone reads the settings, and changes them once it may', async ({ ana, daemon }) => {
  await ana.pair();
  await openSettings(ana);
  const runs = setting(ana, 'Conversations at work at once');
  await expect(runs).toContainText('8');
  await expect(ana.page.getByText('This device may look at the settings.')).toBeVisible();
  await expect(ana.page.getByRole('textbox')).toHaveCount(0);

  const { devices } = await daemon.owner.run('device.list', {});
  const deviceId = devices.find(({ kind }) => kind === 'phone')?.deviceId ?? '';
  const scopes = ['read', 'use', 'approve', 'admin'] as const;
  await daemon.owner.run('device.changeScopes', { deviceId, scopes: [...scopes] });
  const field = runs.getByRole('textbox', { name: 'Conversations at work at once' });
  await field.fill('many');
  await runs.getByRole('button', { name: 'Save' }).click();
  await expect(runs.getByRole('alert')).toHaveText(
    'maxRuns has to be a whole number from 1 to 1000, not "many".',
  );
  await field.fill('4');
  await look(ana.page, 'settings');
  await expectAccessible(ana.page, 'the settings');
  await field.press('Enter');
  await expect(runs.getByRole('button', { name: 'Back to 8' })).toBeVisible();
  expect((await daemon.run('config', 'get', 'maxRuns')).stdout).toBe('4\n');
  await daemon.run('config', 'set', 'maxRuns', '5');
  await expect(field).toHaveValue('5');
  await runs.getByRole('button', { name: 'Back to 8' }).click();
  await expect(field).toHaveValue('8');

  const quiet = setting(ana, 'Quiet hours');
  await quiet.getByLabel('From').fill('22:00');
  await quiet.getByLabel('Until').fill('07:00');
  await quiet.getByRole('button', { name: 'Save' }).click();
  await expect(quiet.getByRole('button', { name: 'Clear' })).toBeVisible();
  expect((await daemon.run('config', 'get', 'quietHours')).stdout).toBe('{"from":"22:00","to":"07:00"}\n');
  await look(ana.page, 'settings-below');

  await expect(setting(ana, 'Rest after')).toContainText('PORCHLIGHT_IDLE_MINUTES');
  await expect(setting(ana, 'Port').getByRole('textbox')).toHaveCount(0);
});

test('what lets Claude do more needs a yes at the computer, which changes it without asking', async ({
  ana,
  daemon,
  newPerson,
}) => {
  const computer = await newPerson(computerScreen);
  const { page } = JSON.parse((await daemon.run('open', '/settings', '--json')).stdout);
  await computer.page.goto(page);
  const there = computer.page.getByRole('switch');
  await expect(there.first()).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await computer.page.emulateMedia({ colorScheme });
    await takePicture(computer.page, 'looks', `settings-computer-${colorScheme}`);
  }

  await ana.pair();
  const { devices } = await daemon.owner.run('device.list', {});
  const deviceId = devices.find(({ kind }) => kind === 'phone')?.deviceId ?? '';
  await daemon.owner.run('device.changeScopes', { deviceId, scopes: ['read', 'use', 'approve', 'admin'] });
  await openSettings(ana);
  const bypass = ana.page.getByRole('switch', { name: 'Claude may be let do everything unasked' });
  await bypass.click();
  await expect(ana.page.getByText('Confirm this on the computer')).toBeVisible();
  await expect(bypass).not.toBeChecked();
  const asked = computer.page.getByRole('alertdialog');
  await expect(asked).toContainText('change the setting allowBypass to true');
  await asked.getByRole('button', { name: 'Allow' }).click();
  await expect(bypass).toBeChecked();

  writeFileSync(join(daemon.home, 'config.json'), '{ "maxRuns": ', { mode: 0o600 });
  await ana.page.reload();
  await expect(ana.page.getByRole('alert')).toContainText('is not valid JSON');
  await look(ana.page, 'settings-trouble');
});
