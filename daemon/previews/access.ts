// Who may look at a preview: one-time tickets, and the sessions that they buy. A session is one device's for one preview; it opens
// nothing else, is held in memory only, and ends with the device. Only hashes are kept. Knows nothing of HTTP.
import { createHash } from 'node:crypto';
import type { Clock, RandomBytes } from '../ports.ts';
import type { Guest } from '../ports/preview-doors.ts';

const ticketMs = 30_000;
/** A session that nobody uses ends. */
const idleMs = 60 * 60_000;
const maxTickets = 100;
const maxSessions = 1000;

export interface Session {
  readonly guest: Guest;
  readonly previewId: string;
  /** Its WebSockets fail, so the page gets a stand-in. */
  readonly bridge: boolean;
  /** The app shows its pages in a frame, and wants to know what goes wrong there. */
  readonly inspect: boolean;
}

export interface PreviewAccess {
  makeTicket(session: Session): string;
  /** The session's secret, at most once; undefined for what is no ticket for this preview, or is no more. */
  redeem(
    previewId: string,
    ticket: string,
  ): { readonly secret: string; readonly session: Session } | undefined;
  /** Of these secrets, whichever opens this preview. */
  find(previewId: string, secrets: readonly string[]): Session | undefined;
  /** Ends all sessions of a preview. */
  close(previewId: string): void;
}

export function createPreviewAccess({ clock, random }: { clock: Clock; random: RandomBytes }): PreviewAccess {
  const tickets = new Map<string, { readonly session: Session; readonly ends: number }>();
  const sessions = new Map<string, { readonly session: Session; usedAt: number }>();
  const secret = () => Buffer.from(random(32)).toString('base64url');
  const isOpen = ({ guest }: Session) => !guest.revoked.aborted && guest.scopes.includes('read');

  return {
    makeTicket(session) {
      const ticket = secret();
      tickets.set(hashOf(ticket), { session, ends: clock.monotonic() + ticketMs });
      shorten(tickets, maxTickets);
      return ticket;
    },
    redeem(previewId, ticket) {
      const hash = hashOf(ticket);
      const held = tickets.get(hash);
      // Whatever comes of it, it is used up.
      tickets.delete(hash);
      if (!held || clock.monotonic() >= held.ends) return undefined;
      if (held.session.previewId !== previewId || !isOpen(held.session)) return undefined;
      const made = secret();
      sessions.set(hashOf(made), { session: held.session, usedAt: clock.monotonic() });
      shorten(sessions, maxSessions);
      return { secret: made, session: held.session };
    },
    find(previewId, secrets) {
      for (const one of secrets.slice(0, 4)) {
        const hash = hashOf(one);
        const held = sessions.get(hash);
        if (!held) continue;
        const isOver = clock.monotonic() - held.usedAt >= idleMs || !isOpen(held.session);
        if (isOver) sessions.delete(hash);
        else if (held.session.previewId === previewId) {
          held.usedAt = clock.monotonic();
          return held.session;
        }
      }
      return undefined;
    },
    close(previewId) {
      for (const [hash, { session }] of sessions) if (session.previewId === previewId) sessions.delete(hash);
    },
  };
}

/** The oldest go. */
function shorten(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
