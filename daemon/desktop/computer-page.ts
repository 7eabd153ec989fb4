// Opens the web app in the browser of this computer. The one-time ticket goes through a private file that redirects, in the
// URL's fragment: nothing secret stands in a command line, a log or a history of requests.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tickets } from '../pairing/tickets.ts';
import type { Clock, OpenInBrowser } from '../ports.ts';

const fileLifetimeMs = 60_000;

export interface ComputerPages {
  /** The address of a private file that leads a browser of this computer there, for a minute and once. */
  prepare(path: string): Promise<string>;
  open(path: string): Promise<void>;
}

export function createComputerPages(options: {
  home: string;
  tickets: Tickets;
  daemonId: string;
  clock: Clock;
  origin: () => string;
  openInBrowser: OpenInBrowser;
  writePrivate: (path: string, text: string) => Promise<void>;
}): ComputerPages {
  const folder = join(options.home, 'open');
  async function prepare(path: string): Promise<string> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const ticket = options.tickets.make();
    const file = join(folder, `${ticket.slice(0, 8)}.html`);
    const target = `${options.origin()}/computer#t=${ticket}&d=${options.daemonId}&to=${encodeURIComponent(path)}`;
    await options.writePrivate(
      file,
      `<!doctype html><meta charset="utf-8"><title>Porchlight</title><meta http-equiv="refresh" content="0;url=${target}">\n`,
    );
    options.clock.after(fileLifetimeMs, () => void rm(file, { force: true }));
    return pathToFileURL(file).href;
  }
  return { prepare, open: async (path) => options.openInBrowser(await prepare(path)) };
}
