// Opens a page in the person's browser. On a computer without one nothing happens, so the address is always printed too.
import open from 'open';
import type { OpenInBrowser } from '../ports.ts';

export const openInBrowser: OpenInBrowser = async (target) => {
  try {
    const child = await open(target);
    child.on('error', () => undefined);
  } catch {
    // `open` throws only where there is no opener at all; the printed address is the answer then.
  }
};
