// How the end-to-end tests run: every story on a phone, those named *.desktop.spec.ts on a desktop screen.
// No retries: a test that fails now and then is a fault in the design. Results go to e2e/results, which git ignores.
import { defineConfig, devices } from '@playwright/test';
import { browserOptions } from '../build/browser.ts';

const { defaultBrowserType: _phoneBrowser, ...phone } = devices['Pixel 7'];
const { defaultBrowserType: _desktopBrowser, ...desktop } = devices['Desktop Chrome'];

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: browserOptions(),
    ignoreHTTPSErrors: true,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'phone', use: phone, testIgnore: '**/*.desktop.spec.ts' },
    { name: 'desktop', use: desktop, testMatch: '**/*.desktop.spec.ts' },
  ],
});
