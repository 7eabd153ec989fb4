// The way in from the internet is told on every screen, and ended at the computer. The tunnel is a stand-in: nothing leaves the computer.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { look } from '../people/look.ts';
import { openedPage } from '../people/opened-page.ts';
import { expect, test } from '../people/story.ts';

const standIn = fileURLToPath(new URL('../../daemon/testing/stand-in-tunnel.mjs', import.meta.url));
const bin = join(mkdtempSync(join(tmpdir(), 'porchlight-tunnel-')), 'bin');
mkdirSync(bin);
copyFileSync(standIn, join(bin, 'ngrok'));
chmodSync(join(bin, 'ngrok'), 0o755);

test.use({
  daemonOptions: { env: { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` } },
});

test('while the computer can be reached from the internet a red line says so; the computer ends it', async ({
  ana,
  daemon,
  newPerson,
}) => {
  await daemon.restartWith('--open');
  await ana.pair();
  const line = ana.page.getByRole('status', { name: 'Internet' });
  await expect(line).toBeHidden();
  await daemon.owner.run('remote.start', { via: 'ngrok' });
  await expect(line).toContainText('Porchlight can be reached from the internet.');
  await expect(line).toContainText('quiet-lantern.ngrok-free.app');
  await expect(line.getByRole('link', { name: 'Go on there' })).toHaveAttribute(
    'href',
    /^https:\/\/quiet-lantern\.ngrok-free\.app\/move#/,
  );
  await look(ana.page, 'remote-now');
  await ana.page.getByRole('link', { name: 'Devices', exact: true }).click();
  await expect(line).toBeVisible();

  const computer = await newPerson({
    viewport: { width: 1280, height: 800 },
    isMobile: false,
    hasTouch: false,
  });
  await computer.page.goto(await openedPage(daemon.home));
  await computer.button('End it').click();
  await expect(computer.page.getByRole('status', { name: 'Internet' })).toBeHidden();
  await expect(line).toBeHidden();
});
