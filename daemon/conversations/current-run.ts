// What the log says of the newest run: how far its spool is in the log, and which answers it may still need to hear.
// Fed with every event of the log in order; holds nothing that the log does not.
import type { PermissionAnswer } from '../ports.ts';
import type { ConversationEvent } from '../protocol/events.ts';

type Answered = Extract<ConversationEvent, { type: 'permission.answered' }>;

export interface CurrentRun {
  see(event: ConversationEvent): void;
  /** Spool bytes whose meaning is in the log. */
  readonly offset: number;
  /** Answers given since the turn began. */
  readonly answered: readonly Answered[];
  /** The answer as the run needs it: with the input that was asked about, unless the person edited it. */
  answerOf(event: Answered): PermissionAnswer;
}

export function createCurrentRun(): CurrentRun {
  let offset = 0;
  let answered: Answered[] = [];
  const inputs = new Map<string, unknown>();
  return {
    see(event) {
      if (event.source) offset = event.source.offset;
      if (event.type === 'run.started') offset = 0;
      if (event.type === 'run.started' || event.type === 'turn.started') {
        answered = [];
        inputs.clear();
      }
      if (event.type === 'permission.requested') inputs.set(event.requestId, event.input);
      if (event.type === 'permission.answered') answered.push(event);
    },
    get offset() {
      return offset;
    },
    get answered() {
      return answered;
    },
    answerOf({ requestId, behavior, message, updatedInput, updatedPermissions }) {
      const input = updatedInput ?? inputs.get(requestId) ?? {};
      return { requestId, behavior, message, input, updatedPermissions: updatedPermissions ?? [] };
    },
  };
}
