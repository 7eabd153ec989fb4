// How the end-to-end tests run: every story on a phone, those named *.desktop.spec.ts on a desktop screen, and those
// tagged @core in Firefox too. WebKitGTK has a story of its own, which brings its own browser: Playwright cannot drive that.
// A story that fails now and then is a fault in the design: `npm test` tries once more, and names it. Results go to e2e/results,
// which git ignores.
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
/** Set by `npm test`, where nobody looks, and which names what had to be tried again. */
const isWholeRun = process.env['PORCHLIGHT_TEST_RUN'] === 'whole';

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  // Stories of one file share nothing; a long file must not keep one worker busy when the other has nothing left.
  fullyParallel: true,
  // A story mostly waits for one process after the other, so two of them leave a part of two cores idle.
  workers: 3,
  retries: isWholeRun ? 1 : 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  metadata: { takesPictures: !isWholeRun },
  use: {
    ignoreHTTPSErrors: true,
    // Both cost as much as the stories; `--trace=on` brings one.
    trace: 'on-first-retry',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
  },
  // The longest stories come first, so that none of them is left for the end.
  projects: [
    { name: 'webkit', testMatch: webkit },
    { name: 'firefox', use: firefox, grep: /@core/ },
    { name: 'phone', use: { ...chromium, ...phone }, testIgnore: ['**/*.desktop.spec.ts', webkit] },
    { name: 'desktop', use: { ...chromium, ...desktop }, testMatch: '**/*.desktop.spec.ts' },
  ],
});
