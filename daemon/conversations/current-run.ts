// What the log says of the newest run: how far its spool is in the log, and which answers it may still need to hear.
// Fed with every event of the log in order; holds nothing that the log does not.
import type { PermissionAnswer } from '../ports/claude.ts';
import type { ConversationEvent } from '../protocol/events.ts';

type Answered = Extract<ConversationEvent, { type: 'permission.answered' }>;
type Requested = Extract<ConversationEvent, { type: 'permission.requested' }>;

export interface CurrentRun {
  see(event: ConversationEvent): void;
  /** Spool bytes whose meaning is in the log. */
  readonly offset: number;
  /** Answers of which nothing has come yet. */
  readonly answered: readonly Answered[];
  /** The answer as the run needs it: with the input that was asked about, unless the person edited it. */
  answerOf(event: Answered): PermissionAnswer;
}

export function createCurrentRun(): CurrentRun {
  let offset = 0;
  const requests = new Map<string, Requested>();
  const answers = new Map<string, Answered>();

  function forget(isOver: (request: Requested) => boolean): void {
    for (const [requestId, request] of requests) {
      if (!isOver(request)) continue;
      requests.delete(requestId);
      answers.delete(requestId);
    }
  }

  return {
    see(event) {
      if (event.source) offset = event.source.offset;
      switch (event.type) {
        case 'run.started':
          offset = 0;
          forget(() => true);
          break;
        case 'permission.requested':
          requests.set(event.requestId, event);
          break;
        case 'permission.answered':
          answers.set(event.requestId, event);
          break;
        // Not at the turn's end: an agent in the background may still wait for its answer then.
        case 'permission.withdrawn':
          forget(({ requestId }) => requestId === event.requestId);
          break;
        case 'tool.finished':
          forget(({ toolId }) => toolId === event.toolId);
          break;
        default:
      }
    },
    get offset() {
      return offset;
    },
    get answered() {
      return [...answers.values()];
    },
    answerOf({ requestId, behavior, message, updatedInput, updatedPermissions }) {
      const input = updatedInput ?? requests.get(requestId)?.input ?? {};
      return { requestId, behavior, message, input, updatedPermissions: updatedPermissions ?? [] };
    },
  };
}
