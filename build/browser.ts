// Which Chromium the end-to-end tests and the screenshots drive, and how: Debian's if it is installed, else Playwright's own.
// Keeps the browser from talking to anyone but the daemon under test.
import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright';

const debianChromium = '/usr/bin/chromium';

export function browserOptions(): LaunchOptions {
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
  return existsSync(debianChromium) ? { executablePath: debianChromium, args } : { args };
}
