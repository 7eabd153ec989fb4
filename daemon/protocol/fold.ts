// fold(view, event) → view: the one meaning of a conversation's log, run by the daemon and by the phone alike.
// Pure: time and ids come from events. Folding an event that is already in the view changes nothing.
import { type AnyEvent, type ConversationEvent, knownEvent } from './events.ts';
import { foldBlock, foldTool } from './fold-blocks.ts';
import { firstIdOf } from './folded-deltas.ts';
import { foldBranch, foldContext, foldLostSession, foldTask } from './fold-session.ts';
import { foldMessage, foldQueue, foldTurn, withoutRetry } from './fold-turns.ts';
import { appendItem } from './pages.ts';
import type { ConversationView, Item } from './view.ts';

/**
 * Applies one event to the view. An event at or below `view.last` is skipped. The caller makes sure that there is no
 * gap (`follows`); a type that this version does not know becomes an `unknown` item.
 */
export function fold(view: ConversationView, raw: AnyEvent): ConversationView {
  if (raw.id <= view.last) return view;
  const event = knownEvent(raw);
  const next = event
    ? apply(view, event)
    : add(view, {
        kind: 'unknown',
        key: `event:${raw.id}`,
        at: raw.at,
        value: raw,
      });
  return { ...next, last: raw.id };
}

/** Whether `event` comes right behind `last`, so that a reader at `last` may apply it. */
export function follows(last: number, event: AnyEvent): boolean {
  return firstIdOf(event) <= last + 1 && event.id > last;
}

function apply(view: ConversationView, event: ConversationEvent): ConversationView {
  switch (event.type) {
    case 'conversation.created':
      return {
        ...view,
        conversationId: event.conversationId,
        title: event.title,
        titledBy: event.title === '' || event.forkedFrom ? null : 'person',
        cwd: event.cwd,
        createdAt: event.at,
        mode: event.mode,
        model: event.model,
        chosenModel: event.model,
        forkedFrom: event.forkedFrom ?? null,
      };
    case 'conversation.renamed':
      return { ...view, title: event.title, titledBy: event.by ?? null };
    case 'conversation.branched':
    case 'files.restored':
    case 'transcript.copied':
      return foldBranch(view, event);
    case 'conversation.configured':
      return {
        ...view,
        mode: event.mode ?? view.mode,
        chosenModel: event.model === undefined ? view.chosenModel : event.model,
        // What was in force is void; what is now, the CLI says at its next turn.
        model: event.model === undefined || event.model === view.chosenModel ? view.model : null,
        effort: event.effort === undefined ? view.effort : event.effort,
      };
    case 'message.edited':
    case 'message.steered':
    case 'message.withdrawn':
    case 'message.held':
    case 'message.released':
    case 'queue.reordered':
      return { ...view, queue: foldQueue(view.queue, event) };
    case 'message.sent':
    case 'message.handed':
    case 'message.taken':
    case 'message.doubted':
    case 'message.settled':
      return foldMessage(view, event);
    case 'run.awaited':
      return { ...view, isAwaitingRun: true };
    case 'run.started':
      return { ...view, isAwaitingRun: false, runId: event.runId, sessionId: event.sessionId };
    case 'run.ended':
      return { ...view, runId: null, requests: [], tasks: [] };
    case 'session.announced':
      return {
        ...view,
        sessionId: event.sessionId,
        model: event.model,
        mode: event.mode,
        claudeVersion: event.claudeVersion,
      };
    case 'session.lost':
      return foldLostSession(view, event);
    case 'mode.changed':
      return { ...view, mode: event.mode };
    case 'turn.started':
    case 'turn.stopRequested':
    case 'turn.finished':
    case 'turn.interrupted':
    case 'turn.settled':
    case 'retry.scheduled':
      return foldTurn(view, event);
    case 'text.delta':
    case 'text.finished':
    case 'thinking.delta':
    case 'thinking.finished':
    case 'block.dropped':
      return foldBlock(withoutRetry(view), event);
    case 'tool.announced':
    case 'tool.started':
    case 'tool.finished':
      return foldTool(withoutRetry(view), event);
    case 'task.started':
    case 'task.progressed':
    case 'task.stopRequested':
    case 'task.finished':
      return foldTask(view, event);
    case 'context.measured':
    case 'context.compacting':
    case 'context.compacted':
    case 'context.cleared':
      return foldContext(view, event);
    case 'limit.reported':
      // Of the account, not of the conversation: the lobby shows it.
      return view;
    case 'permission.requested': {
      const { id, type, source, ...request } = event;
      return {
        ...view,
        requests: [...view.requests.filter((r) => r.requestId !== request.requestId), request],
      };
    }
    case 'permission.answered':
    case 'permission.withdrawn':
      return {
        ...view,
        requests: view.requests.filter((r) => r.requestId !== event.requestId),
      };
    case 'notice.raised':
      return add(view, {
        kind: 'notice',
        key: `event:${event.id}`,
        at: event.at,
        severity: event.severity,
        text: event.text,
      });
    case 'line.kept':
      return add(view, {
        kind: 'unknown',
        key: `event:${event.id}`,
        at: event.at,
        value: event.line,
      });
    case 'deltas.folded':
      return view;
    default:
      return event satisfies never;
  }
}

function add(view: ConversationView, item: Item): ConversationView {
  return { ...view, pages: appendItem(view.pages, item) };
}
