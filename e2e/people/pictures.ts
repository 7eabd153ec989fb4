// A screen at several sizes, one after the other: for a machine that checks each, and for a person, who gets pictures of each in
// light and dark in e2e/results. Pictures cost more than the stories themselves, so `npm test`, where nobody looks, takes none.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Page, test } from '@playwright/test';

export interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Of the page's text; default 100%. */
  readonly text?: string;
}

/** Shows the page at each size, and calls `check` with its name. Leaves the page as it was, in light. */
export async function atSizes(
  page: Page,
  sizes: readonly Size[],
  picture: { folder: string; name: string },
  check: (name: string) => Promise<void>,
): Promise<void> {
  const before = page.viewportSize();
  for (const { name: size, text = '100%', ...viewport } of sizes) {
    await page.setViewportSize(viewport);
    await page.evaluate(async (percent) => {
      document.documentElement.style.fontSize = percent;
      // What the page's own code makes of another size is there with the next frame but one.
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    }, text);
    for (const colorScheme of takesPictures() ? (['light', 'dark'] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await takePicture(page, picture.folder, `${picture.name}-${size}-${colorScheme}`);
    }
    await check(`${picture.name} at ${size}`);
  }
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Into e2e/results/<folder>, if pictures are wanted. */
export async function takePicture(
  page: { screenshot(options: { path: string; animations: 'disabled' }): Promise<unknown> },
  folder: string,
  name: string,
): Promise<void> {
  if (!takesPictures()) return;
  const path = join(test.info().project.outputDir, folder, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled' });
}

function takesPictures(): boolean {
  return test.info().config.metadata['takesPictures'] === true;
}
