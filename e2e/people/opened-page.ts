// The page that the daemon opens in the computer's own browser: it stands in a private file that redirects.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../daemon/testing/until.ts';

/** Waits for the file, and gives the address that it leads to. */
export function openedPage(home: string): Promise<string> {
  const folder = join(home, 'open');
  return until('the page to be opened', () => {
    const file = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.html')) : undefined;
    return file && /url=([^"]+)"/.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
  });
}
