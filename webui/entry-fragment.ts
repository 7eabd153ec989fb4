// Takes the secret out of the address bar before anything else runs: importing this file is the page's first act.
// Nothing else is ever taken from the URL but its path.
import { parseMoveFragment, parsePairFragment } from '../daemon/protocol/pairing.ts';

export type Entry =
  | { readonly kind: 'phone'; readonly code: string; readonly daemonId: string }
  | {
      readonly kind: 'moved';
      readonly deviceId: string;
      readonly daemonId: string;
      readonly ticket: string;
      readonly signature: string;
    }
  | {
      readonly kind: 'computer';
      readonly ticket: string;
      readonly daemonId: string;
      /** A path of this app. */
      readonly to: string;
    };

export const entry: Entry | undefined = takeEntry();

function takeEntry(): Entry | undefined {
  if (typeof location === 'undefined' || location.hash === '') return undefined;
  const { hash, pathname } = location;
  history.replaceState(history.state, '', pathname);
  return readEntry(pathname, hash);
}

/** Pure: what a path with this fragment lets in. */
export function readEntry(path: string, hash: string): Entry | undefined {
  if (path === '/p') {
    const pair = parsePairFragment(hash);
    return pair && { kind: 'phone', ...pair };
  }
  if (path === '/move') {
    const move = parseMoveFragment(hash);
    return move && { kind: 'moved', ...move };
  }
  if (path !== '/computer') return undefined;
  const fields = new URLSearchParams(hash.slice(1));
  const [ticket, daemonId, to] = [fields.get('t'), fields.get('d'), fields.get('to')];
  if (!ticket || !daemonId) return undefined;
  return {
    kind: 'computer',
    ticket,
    daemonId,
    to: to?.startsWith('/') && !to.startsWith('//') ? to : '/pair',
  };
}
