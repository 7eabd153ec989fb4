// How the computer is: from Now when Claude is missing, and from Devices; what is amiss first, with the words that mend it.
import { mkdirSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { claudePath } from '../../daemon/testing/claude-environment.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

test.use({ daemonOptions: { claude: 'bin/claude' } });

test('a phone sees what is not well with the computer, and sees it mended', async ({ ana, daemon }) => {
  const { page } = ana;
  const copy = join(daemon.home, 'copy.json');
  writeFileSync(copy, '{}');
  chmodSync(copy, 0o644);
  await ana.pair();
  await page.getByRole('link', { name: 'Look at everything' }).click();
  await expect(page.getByRole('status')).toHaveText('2 things have to be mended.');
  const lines = page.getByRole('listitem');
  await expect(lines.nth(0)).toContainText('Claude');
  await expect(lines.nth(0)).toContainText('npm install -g @anthropic-ai/claude-code');
  await expect(lines.nth(1)).toContainText(`chmod -R go= ${daemon.home}`);
  await expect(lines.filter({ hasText: 'One phone is paired' })).toBeVisible();
  await look(page, 'doctor');

  chmodSync(copy, 0o600);
  mkdirSync(join(daemon.folder, 'bin'));
  symlinkSync(claudePath, join(daemon.folder, 'bin', 'claude'));
  await ana.button('Look again').click();
  await expect(page.getByRole('status')).toContainText('Nothing has to be mended');
  await expect(lines.filter({ hasText: 'Claude Code' })).toContainText('is ready');

  await ana.button('Back').click();
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await page.getByRole('link', { name: 'How the computer is' }).click();
  await expect(page.getByRole('heading', { name: 'Doctor' })).toBeVisible();
});
