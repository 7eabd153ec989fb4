// Which requests a preview's door takes at all: for its own name, from its own pages or as a visit, and for nothing that would reach
// from the dev server into the computer. Pure.
import type { ErrorCode } from '../protocol/errors.ts';

export interface Asked {
  readonly method: string;
  readonly target: string;
  readonly isUpgrade: boolean;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly fetchMode: string | undefined;
  readonly fetchDest: string | undefined;
}

const ticketName = '__plt_ticket';

/**
 * Undefined when it may pass. `outside` is the preview's own origin. A page elsewhere may lead a person here, and no more: browsers
 * send the cookie along from every port of this host.
 */
export function refusalOf(asked: Asked, outside: string): ErrorCode | undefined {
  const { method, target, isUpgrade, origin, fetchSite, fetchMode } = asked;
  if (!target.startsWith('/') || target.includes('#')) return 'misdirected';
  if (origin !== undefined && origin.toLowerCase() !== outside) return 'foreign_origin';
  const isVisit = fetchMode === 'navigate' && (method === 'GET' || method === 'HEAD') && !isUpgrade;
  const isFromElsewhere = fetchSite === 'same-site' || fetchSite === 'cross-site';
  // Sent by hand it may come from anywhere: `none`, or nothing at all in browsers that do not tell.
  return isFromElsewhere && !isVisit ? 'foreign_origin' : undefined;
}

/** A way in for the first time: the ticket, and where it leads; `rest` begins with one slash. */
export function ticketIn(target: string): { readonly ticket: string; readonly rest: string } | undefined {
  const [path = '', query] = split(target, '?');
  if (query === undefined) return undefined;
  const parts = query.split('&');
  const own = parts.find((part) => part.startsWith(`${ticketName}=`));
  if (own === undefined) return undefined;
  const others = parts.filter((part) => !part.startsWith(`${ticketName}=`));
  const rest = `/${path.replace(/^[/\\]+/, '')}${others.length === 0 ? '' : `?${others.join('&')}`}`;
  return { ticket: own.slice(ticketName.length + 1), rest };
}

export function withTicket(ticket: string): string {
  return `/?${ticketName}=${ticket}`;
}

/** Of dev servers: they would start a program on the computer. */
const programStarters =
  /(^|[/_-])(__)?(open-in-editor|launch-?editor|open-stack-frame-in-editor|launch_editor)([/?]|$)/i;

/**
 * Whether the app may be asked for it. Vite serves files from anywhere by their full path under `/@fs/`; what is outside of `roots`,
 * hidden, or a key is for nobody.
 */
export function isForApp(target: string, roots: readonly string[]): boolean {
  const [path = ''] = split(target, '?');
  const plain = decoded(path);
  if (plain === undefined) return false;
  if (programStarters.test(plain) || plain.split(/[/\\]/).includes('..')) return false;
  const at = plain.toLowerCase().indexOf('/@fs/');
  if (at === -1) return true;
  const file = `/${plain.slice(at + '/@fs/'.length).replace(/^\/+/, '')}`;
  const root = roots.find((one) => file.startsWith(`${one}/`));
  if (root === undefined || /[\\\0?#%]/.test(file)) return false;
  const inside = file.slice(root.length + 1).split('/');
  const isHidden = inside.some((one) => one.startsWith('.') && !knownHidden.includes(one));
  return !isHidden && !/\.(pem|key|crt|p12|pfx)$/i.test(file);
}

/** Where package managers and Vite keep what pages need. */
const knownHidden = ['.vite', '.pnpm', '.yarn', '.vite-temp', '.svelte-kit', '.nuxt', '.astro'];

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function split(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
