// Which browsers the end-to-end tests and the screenshots drive, and how: Debian's if installed, else Playwright's own.
// Keeps them from talking to anyone but the daemon under test.
import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright';

/** The first that is there. The headless shell does the same with much less work. */
const debianChromiums = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const debianFirefox = '/usr/bin/firefox-esr';

export function browserOptions(): LaunchOptions {
  return optionsFor(debianChromiums.find((path) => existsSync(path)));
}

/** The whole browser where it is installed: only that keeps pages for "back". */
export function keepingBrowserOptions(): LaunchOptions {
  return optionsFor(debianChromiums.findLast((path) => existsSync(path)));
}

function optionsFor(executablePath: string | undefined): LaunchOptions {
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-gpu',
    '--disable-quic',
  ];
  // Chromium has no sandbox for root and would not start.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
  return executablePath === undefined ? { args } : { executablePath, args };
}

export function firefoxOptions(): { channel?: string; launchOptions: LaunchOptions } {
  const quiet = {
    'app.update.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'toolkit.telemetry.enabled': false,
  };
  if (!existsSync(debianFirefox)) return { launchOptions: { firefoxUserPrefs: quiet } };
  // Debian's is driven over WebDriver BiDi: Playwright's own protocol is only in its own build.
  return {
    channel: 'moz-firefox',
    launchOptions: { executablePath: debianFirefox, firefoxUserPrefs: quiet },
  };
}
