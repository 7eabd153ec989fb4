// The few events of a log that must be seen again after a start although a checkpoint has their effect on the view: what was
// sent, and what the newest run and turn may still need. Holds nothing that the log does not.
import type { LoggedEvent } from '../ports.ts';

export interface KeptEvents {
  /** Fed with every event of the log in order. */
  see(event: LoggedEvent): void;
  /** In the order of their ids. */
  list(): readonly LoggedEvent[];
}

export function createKeptEvents(): KeptEvents {
  const sent: LoggedEvent[] = [];
  let run: LoggedEvent | undefined;
  let turn: LoggedEvent[] = [];
  /** Tells how far the run's spool is in the log. */
  let sourced: LoggedEvent | undefined;
  return {
    see(event) {
      if (event['source'] !== undefined) sourced = event;
      if (event.type === 'message.sent') sent.push(event);
      if (event.type === 'turn.started') turn = [event];
      if (event.type.startsWith('permission.')) turn.push(event);
      if (event.type !== 'run.started') return;
      run = event;
      turn = [];
      sourced = undefined;
    },
    list() {
      const all = [...sent, run, ...turn, sourced].filter((event) => event !== undefined);
      return [...new Set(all)].sort((a, b) => a.id - b.id);
    },
  };
}
