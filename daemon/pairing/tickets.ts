// One-time tickets for the desktop's own browser: made over the private socket, good for 30 s and one enrolment.
import type { Clock, RandomBytes } from '../ports.ts';

const lifetimeMs = 30_000;

export interface Tickets {
  make(): string;
  /** True at most once. */
  take(ticket: string): boolean;
}

export function createTickets({ clock, random }: { clock: Clock; random: RandomBytes }): Tickets {
  const live = new Map<string, number>();
  return {
    make() {
      const ticket = Buffer.from(random(16)).toString('base64url');
      live.set(ticket, clock.monotonic() + lifetimeMs);
      clock.after(lifetimeMs, () => live.delete(ticket));
      return ticket;
    },
    take(ticket) {
      const ends = live.get(ticket);
      live.delete(ticket);
      return ends !== undefined && clock.monotonic() < ends;
    },
  };
}
