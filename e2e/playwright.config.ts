// How the end-to-end tests run: every story on a phone, those named *.desktop.spec.ts on a desktop screen, and those
// tagged @core in Firefox too. WebKitGTK has a story of its own, which brings its own browser: Playwright cannot drive that.
// No retries: a test that fails now and then is a fault in the design. Results go to e2e/results, which git ignores.
import { defineConfig, devices } from '@playwright/test';
import { browserOptions, firefoxOptions } from '../build/browser.ts';

const { defaultBrowserType: _phoneBrowser, ...phone } = devices['Pixel 7'];
const { defaultBrowserType: _desktopBrowser, ...desktop } = devices['Desktop Chrome'];
const webkit = '**/webkit.spec.ts';
const chromium = { browserName: 'chromium', launchOptions: browserOptions() } as const;
// Over WebDriver BiDi there is no touch, no mobile layout and no colour scheme to choose.
const firefox = {
  browserName: 'firefox',
  ...firefoxOptions(),
  viewport: { width: 390, height: 844 },
} as const;

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
    ignoreHTTPSErrors: true,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'phone', use: { ...chromium, ...phone }, testIgnore: ['**/*.desktop.spec.ts', webkit] },
    { name: 'desktop', use: { ...chromium, ...desktop }, testMatch: '**/*.desktop.spec.ts' },
    { name: 'firefox', use: firefox, grep: /@core/ },
    { name: 'webkit', testMatch: webkit },
  ],
});
