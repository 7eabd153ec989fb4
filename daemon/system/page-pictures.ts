// Pictures of pages by a browser that is installed here, started for one picture with a profile of its own that is thrown away. Looks
// for Chromium and its kin only, since those draw without a window; never fetches one.
import { access, constants, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import type { RunCommand } from '../ports.ts';
import type { PagePictures } from '../ports/page-pictures.ts';

/** The headless shell comes first: windows of the others are no narrower than 500 px. */
const names = [
  ...['chromium-headless-shell', 'chrome-headless-shell', 'chromium', 'chromium-browser'],
  ...['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'brave-browser'],
];
const onMac = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const timeoutMs = 40_000;

export function createPagePictures(options: {
  /** In a session of its own, of which nothing is left afterwards. */
  readonly run: RunCommand;
  /** The person's PATH. */
  readonly path: string;
}): PagePictures {
  const { run, path } = options;
  /** Each takes some 200 MB, so one after the other. */
  let last: Promise<unknown> = Promise.resolve();

  async function take(url: string, { width, height }: { width: number; height: number }) {
    const browser = await firstOf([...names.flatMap((name) => inPath(path, name)), ...onMac]);
    if (browser === undefined) return undefined;
    const folder = await mkdtemp(join(tmpdir(), 'porchlight-picture-'));
    try {
      const picture = join(folder, 'page.png');
      const args = [
        ...['--headless', '--disable-gpu', '--no-first-run', '--hide-scrollbars', '--mute-audio'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
        ...[`--user-data-dir=${join(folder, 'profile')}`, `--screenshot=${picture}`],
        ...[`--window-size=${width},${height}`, '--force-device-scale-factor=2'],
        ...['--virtual-time-budget=3000', '--timeout=15000'],
        // Chromium has no sandbox for root and would not start.
        ...(userInfo().uid === 0 ? ['--no-sandbox'] : []),
        url,
      ];
      await run(browser, args, { timeoutMs, env: { PATH: path, HOME: folder } });
      return await readFile(picture).catch(() => undefined);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    take(url, size) {
      const taken = last.then(() => take(url, size));
      last = taken.catch(() => undefined);
      return taken;
    },
  };
}

function inPath(path: string, name: string): readonly string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name));
}

async function firstOf(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
