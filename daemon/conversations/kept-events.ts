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
  let turn: LoggedEvent | undefined;
  /** Requests whose tool call is not over, and their answers: an agent's may be older than the turn. */
  let asked: LoggedEvent[] = [];
  /** Tells how far the run's spool is in the log. */
  let sourced: LoggedEvent | undefined;

  function forget(isOver: (request: LoggedEvent) => boolean): void {
    const over = new Set(asked.filter(isOver).map((request) => request['requestId']));
    if (over.size > 0) asked = asked.filter((event) => !over.has(event['requestId']));
  }

  return {
    see(event) {
      if (event['source'] !== undefined) sourced = event;
      if (event.type === 'message.sent') sent.push(event);
      if (event.type === 'turn.started') turn = event;
      if (event.type.startsWith('permission.')) asked.push(event);
      if (event.type === 'permission.withdrawn')
        forget((request) => request['requestId'] === event['requestId']);
      if (event.type === 'tool.finished') forget((request) => request['toolId'] === event['toolId']);
      if (event.type !== 'run.started') return;
      run = event;
      turn = undefined;
      asked = [];
      sourced = undefined;
    },
    list() {
      const all = [...sent, run, turn, ...asked, sourced].filter((event) => event !== undefined);
      return [...new Set(all)].sort((a, b) => a.id - b.id);
    },
  };
}
