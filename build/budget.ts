// The budget of the first load: what a phone fetches before the app can draw, compressed as it is sent.
import { bundleApp } from './bundle-web.ts';
import { brotli } from './web-files.ts';

/** Bytes of JavaScript, brotli: about 0.3 s on a slow phone's network and as much to parse. */
const limit = 60_000;

/** Says how much of the budget is used; throws when it is more than there is. */
export async function checkBudget(): Promise<string> {
  const { files, firstLoad } = await bundleApp();
  const scripts = files.filter(({ path }) => firstLoad.scripts.includes(path));
  const sizes = await Promise.all(
    scripts.map(async ({ path, contents }) => ({ path, size: (await brotli(contents)).length })),
  );
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const told = `${inKilobytes(total)} of ${inKilobytes(limit)}`;
  if (total <= limit) return told;
  const parts = sizes.map(({ path, size }) => `  ${inKilobytes(size)}  ${path}`);
  throw new Error(`first load: ${told}; load what is rarely needed by import()\n${parts.join('\n')}`);
}

function inKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
