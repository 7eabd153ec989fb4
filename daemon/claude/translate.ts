// translate(state, line) → events: what a line of the CLI means in the words of the log. Pure and deterministic, so that a
// spool read again from its start gives the same events at the same offsets.
import type { ConversationDraft } from '../protocol/events.ts';
import type { CliLine, ControlRequest, Result, System } from './cli-lines.ts';
import { noBlocks, type OpenBlocks, translateAssistant, translateStream } from './translate-blocks.ts';
import { translateUser } from './translate-user.ts';

export interface TranslateState {
  readonly blocks: OpenBlocks;
  readonly turnId: string | null;
  /** What the CLI last said of itself, as one text to compare. */
  readonly announced: string;
  readonly mode: string;
  /** The session's running total in USD at the end of the last turn. */
  readonly costUsd: number;
  readonly turns: number;
  /** Messages of this turn that the CLI has confirmed: it does so twice, and once is enough for the log. */
  readonly taken: readonly string[];
}

export function startTranslation(options: { costBefore: number }): TranslateState {
  return {
    blocks: noBlocks,
    turnId: null,
    announced: '',
    mode: '',
    costUsd: options.costBefore,
    turns: 0,
    taken: [],
  };
}

export interface Translation {
  readonly state: TranslateState;
  readonly events: readonly ConversationDraft[];
}

export function translate(state: TranslateState, line: CliLine): Translation {
  switch (line.type) {
    case 'system':
      return translateSystem(state, line);
    case 'assistant':
      return withBlocks(state, translateAssistant(state.blocks, line));
    case 'stream_event':
      return line.parent_tool_use_id
        ? quiet(state)
        : withBlocks(state, translateStream(state.blocks, line.event));
    case 'user':
      return line.isReplay ? taken(state, line.uuid) : { state, events: translateUser(line) };
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
      return line.state === 'queued' ? taken(state, line.command_uuid) : quiet(state);
    case 'rate_limit_event': {
      const { status, resetsAt } = line.rate_limit_info;
      if (status === 'allowed') return quiet(state);
      const until = resetsAt === undefined ? '' : ` It resets at ${new Date(resetsAt * 1000).toISOString()}.`;
      const said =
        status === 'rejected'
          ? 'Your Claude usage limit is reached.'
          : 'You are near your Claude usage limit.';
      return {
        state,
        events: [{ type: 'notice.raised', severity: 'warning', text: said + until }],
      };
    }
    case 'control_response':
    case 'keep_alive':
      return quiet(state);
    default:
      return line satisfies never;
  }
}

function taken(state: TranslateState, messageId: string | undefined): Translation {
  if (messageId === undefined || state.taken.includes(messageId)) return quiet(state);
  return {
    state: { ...state, taken: [...state.taken, messageId] },
    events: [{ type: 'message.taken', messageId }],
  };
}

function quiet(state: TranslateState): Translation {
  return { state, events: [] };
}

function withBlocks(
  state: TranslateState,
  change: { blocks: OpenBlocks; events: readonly ConversationDraft[] },
): Translation {
  return { state: { ...state, blocks: change.blocks }, events: change.events };
}

/** Subtypes that say nothing a person needs, or that other lines say better. */
const quietSubtypes = new Set([
  'thinking_tokens',
  'session_state_changed',
  'hook_started',
  'hook_progress',
  'hook_response',
  'permission_denied',
  'commands_changed',
  'background_tasks_changed',
  'session_title_changed',
  'control_request_progress',
  'task_started',
  'task_progress',
  'task_updated',
  'task_notification',
  'files_persisted',
]);

function translateSystem(state: TranslateState, line: System): Translation {
  switch (line.subtype) {
    case 'init':
      return translateInit(state, line);
    case 'status': {
      const mode = line.permissionMode;
      if (!mode || mode === state.mode) return quiet(state);
      return {
        state: { ...state, mode },
        events: [{ type: 'mode.changed', mode }],
      };
    }
    case 'api_retry':
      return {
        state,
        events: [
          {
            type: 'retry.scheduled',
            attempt: line.attempt ?? 1,
            maxAttempts: line.max_retries ?? 10,
            delayMs: line.retry_delay_ms ?? 0,
            status: line.error_status ?? null,
            error: line.error ?? 'unknown',
          },
        ],
      };
    case 'informational': {
      const words = line['content'];
      if (typeof words !== 'string') return quiet(state);
      return { state, events: [{ type: 'notice.raised', severity: 'info', text: words }] };
    }
    case 'compact_boundary':
      return {
        state,
        events: [
          {
            type: 'notice.raised',
            severity: 'info',
            text: 'The conversation so far was summarised to make room.',
          },
        ],
      };
    default:
      return quietSubtypes.has(line.subtype)
        ? quiet(state)
        : { state, events: [{ type: 'line.kept', line: toJson(line) }] };
  }
}

/** The CLI says `init` at the start of every turn, also of those that nobody sent. */
function translateInit(state: TranslateState, line: System): Translation {
  const turnId = line.uuid ?? `turn-${state.turns + 1}`;
  const session = {
    sessionId: line.session_id ?? '',
    model: line.model ?? '',
    mode: line.permissionMode ?? 'default',
    claudeVersion: line.claude_code_version ?? '',
  };
  const announced = JSON.stringify(session);
  const events: ConversationDraft[] = [];
  if (announced !== state.announced) events.push({ type: 'session.announced', ...session });
  if (state.turnId === null) events.push({ type: 'turn.started', turnId });
  const next = {
    announced,
    mode: session.mode,
    turnId: state.turnId ?? turnId,
    turns: state.turns + 1,
    blocks: noBlocks,
  };
  return { state: { ...state, ...next }, events };
}

/** `subtype: "success"` does not mean success; `is_error` decides. Totals are of the session, so a turn is a difference. */
function translateResult(state: TranslateState, line: Result): Translation {
  const total = line.total_cost_usd ?? state.costUsd;
  const costUsd = total >= state.costUsd ? total - state.costUsd : total;
  const stopped = line.terminal_reason?.startsWith('aborted') ?? false;
  const outcome = stopped ? 'stopped' : line.is_error ? 'failed' : 'completed';
  const turnId = state.turnId ?? line.uuid ?? `turn-${state.turns}`;
  return {
    state: {
      ...state,
      turnId: null,
      taken: [],
      blocks: noBlocks,
      costUsd: total >= state.costUsd ? total : state.costUsd + total,
    },
    events: [
      {
        type: 'turn.finished',
        turnId,
        outcome,
        error:
          outcome === 'failed' ? line.result || line.errors?.map(String).join('\n') || line.subtype : null,
        durationMs: line.duration_ms ?? 0,
        costUsd,
        inputTokens: line.usage?.input_tokens ?? 0,
        outputTokens: line.usage?.output_tokens ?? 0,
      },
    ],
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

function toJson(line: System): Extract<ConversationDraft, { type: 'line.kept' }>['line'] {
  return JSON.parse(JSON.stringify(line));
}
