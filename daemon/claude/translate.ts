// translate(state, line) → events: what a line of the CLI means in the words of the log. Pure and deterministic, so that a
// spool read again from its start gives the same events at the same offsets.
import type { ConversationDraft } from '../protocol/events.ts';
import type { AssistantLine, CliLine, ControlRequest } from './cli-lines.ts';
import { asMarkdown } from './printed-text.ts';
import { dropOpen, translateAssistant, translateStream } from './translate-blocks.ts';
import { contextOf, translateResult } from './translate-result.ts';
import { translateSystem } from './translate-system.ts';
import { translateUser } from './translate-user.ts';
import { quiet, type TranslateState, type Translation } from './translation.ts';

export function translate(state: TranslateState, line: CliLine): Translation {
  switch (line.type) {
    case 'system':
      return translateSystem(state, line);
    case 'assistant':
      return said(state, line);
    case 'stream_event': {
      if (line.parent_tool_use_id) return quiet(state);
      const { blocks, events } = line.abandoned_blocks
        ? dropOpen(state.blocks)
        : translateStream(state.blocks, line.event);
      return { state: { ...state, blocks }, events };
    }
    case 'user':
      return line.isReplay ? taken(state, line.uuid) : { state, ...translateUser(line) };
    case 'result':
      return translateResult(state, line);
    case 'control_request':
      return { state, events: translateRequest(line) };
    case 'control_cancel_request':
      return {
        state,
        events: [{ type: 'permission.withdrawn', requestId: line.request_id }],
      };
    case 'command_lifecycle':
      // Queued is no more than heard: Claude may be gone before it begins.
      return line.state === 'started' ? taken(state, line.command_uuid) : quiet(state);
    case 'rate_limit_event': {
      const { status, resetsAt, rateLimitType, utilization } = line.rate_limit_info;
      return {
        state,
        events: [
          {
            type: 'limit.reported',
            window: rateLimitType ?? '',
            status,
            resetsAt: resetsAt ? resetsAt * 1000 : null,
            used: utilization ?? null,
          },
        ],
      };
    }
    case 'conversation_reset':
      // The `init` behind it has another session id, which must not be told of a second time.
      return { state: { ...state, sessionId: '', context: null }, events: [{ type: 'context.cleared' }] };
    case 'control_response':
    case 'keep_alive':
      return quiet(state);
    default:
      return line satisfies never;
  }
}

function said(state: TranslateState, line: AssistantLine): Translation {
  if (line.uuid !== undefined && state.preserved.includes(line.uuid)) return quiet(state);
  const { blocks, events: spoken } = translateAssistant(state.blocks, line);
  const events = line.local_command_source ? spoken.map(asPrinted) : spoken;
  if (line.parent_tool_use_id) return { state: { ...state, blocks }, events };
  const anchor = line.uuid ?? state.anchor;
  if (line.error) {
    const failure = { cause: line.error, words: [...(state.failure?.words ?? []), ...events] };
    return { state: { ...state, blocks, anchor, failure }, events: [] };
  }
  const tokens = contextOf(line.message.usage);
  const isSame = tokens === 0 || tokens === state.context?.tokens;
  if (isSame) return { state: { ...state, blocks, anchor }, events };
  const context = { tokens, window: state.context?.window ?? null };
  return {
    state: { ...state, blocks, anchor, context },
    events: [{ type: 'context.measured', ...context }, ...events],
  };
}

/** What a local command prints is meant for a terminal, where a line break is one. */
function asPrinted(draft: ConversationDraft): ConversationDraft {
  return draft.type === 'text.finished' ? { ...draft, text: asMarkdown(draft.text) } : draft;
}

function taken(state: TranslateState, messageId: string | undefined): Translation {
  if (messageId === undefined || state.taken.includes(messageId)) return quiet(state);
  return {
    state: { ...state, taken: [...state.taken, messageId] },
    events: [{ type: 'message.taken', messageId }],
  };
}

/** Requests other than permissions are answered by the session and are no business of the log. */
function translateRequest({ request_id: requestId, request }: ControlRequest): ConversationDraft[] {
  if (request.subtype !== 'can_use_tool') return [];
  return [
    {
      type: 'permission.requested',
      requestId,
      toolId: request.tool_use_id ?? null,
      tool: request.tool_name ?? 'unknown',
      input: request.input ?? null,
      description: request.description ?? null,
      reason: request.decision_reason ?? null,
      blockedPath: request.blocked_path ?? null,
      suggestions: request.permission_suggestions ?? [],
    },
  ];
}
