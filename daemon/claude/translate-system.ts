// The part of translation for `system` lines: what the CLI says of itself, of tasks at its side, of room in its context. Pure.
import type { ConversationDraft } from '../protocol/events.ts';
import type { System } from './cli-lines.ts';
import { noBlocks } from './translate-blocks.ts';
import { quiet, type TranslateState, type Translation } from './translation.ts';

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
  'task_updated',
  'files_persisted',
  'model_refusal_no_fallback',
]);

export function translateSystem(state: TranslateState, line: System): Translation {
  switch (line.subtype) {
    case 'init':
      return translateInit(state, line);
    case 'status':
      return translateStatus(state, line);
    case 'task_started':
    case 'task_progress':
    case 'task_notification':
      return { state, events: translateTask(line) };
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
    case 'compact_boundary': {
      const { trigger, pre_tokens, preserved_messages } = line.compact_metadata ?? {};
      const tokensBefore = pre_tokens ?? null;
      return {
        state: { ...state, preserved: preserved_messages?.uuids ?? [] },
        events: [{ type: 'context.compacted', trigger: trigger ?? 'auto', tokensBefore }],
      };
    }
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
  // A session that goes on under another id within one run was cleared.
  const isCleared = state.sessionId !== '' && state.sessionId !== session.sessionId;
  if (isCleared) events.push({ type: 'context.cleared' });
  if (announced !== state.announced) events.push({ type: 'session.announced', ...session });
  if (state.turnId === null) events.push({ type: 'turn.started', turnId });
  const next = {
    announced,
    sessionId: session.sessionId,
    mode: session.mode,
    turnId: state.turnId ?? turnId,
    turns: state.turns + 1,
    blocks: noBlocks,
  };
  return { state: { ...state, ...next }, events };
}

function translateStatus(state: TranslateState, line: System): Translation {
  if (line.status === 'compacting') return translateCompacting(state, line);
  const mode = line.permissionMode;
  if (!mode || mode === state.mode) return quiet(state);
  return { state: { ...state, mode }, events: [{ type: 'mode.changed', mode }] };
}

/** `/compact` begins with this, long before the `init` of its turn. */
function translateCompacting(state: TranslateState, line: System): Translation {
  if (state.turnId !== null) return { state, events: [{ type: 'context.compacting' }] };
  const turnId = line.uuid ?? `turn-${state.turns + 1}`;
  return {
    state: { ...state, turnId },
    events: [{ type: 'turn.started', turnId }, { type: 'context.compacting' }],
  };
}

function translateTask(line: System): ConversationDraft[] {
  const { task_id: taskId, usage } = line;
  if (taskId === undefined) return [];
  switch (line.subtype) {
    case 'task_started': {
      const toolId = line.tool_use_id ?? null;
      const description = line.description ?? '';
      return [{ type: 'task.started', taskId, toolId, kind: line.task_type ?? '', description }];
    }
    case 'task_progress': {
      const tokens = usage?.total_tokens ?? 0;
      const toolUses = usage?.tool_uses ?? 0;
      return [{ type: 'task.progressed', taskId, tokens, toolUses, lastTool: line.last_tool_name ?? null }];
    }
    default: {
      const status = line.status ?? 'completed';
      return [{ type: 'task.finished', taskId, status, summary: line.summary ?? '' }];
    }
  }
}

function toJson(line: System): Extract<ConversationDraft, { type: 'line.kept' }>['line'] {
  return JSON.parse(JSON.stringify(line));
}
