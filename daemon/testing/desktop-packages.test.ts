import { expect, test } from 'vitest';
import { requireDesktopPackages } from './desktop-packages.ts';

test('missing programs are named as one command that installs them', async () => {
  await expect(requireDesktopPackages('/nowhere')).rejects.toThrow(
    /Run: apt-get install --no-install-recommends xvfb dbus xfce4-panel xdotool scrot imagemagick x11-utils libglib2\.0-bin/,
  );
});
