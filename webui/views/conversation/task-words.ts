// Work beside the conversation, in words. Pure.
import type { ConversationView, Task } from '../../../daemon/protocol/view.ts';

const kinds: Readonly<Record<string, string>> = {
  local_bash: 'Command',
  local_agent: 'Agent',
  remote_agent: 'Agent elsewhere',
  local_workflow: 'Workflow',
};

export function kindWords(kind: string): string {
  return Object.hasOwn(kinds, kind) ? (kinds[kind] ?? kind) : kind.replaceAll('_', ' ') || 'Task';
}

/** Beside the turn, not a call that the turn waits for. */
export function backgroundTasks({ tasks, open }: Pick<ConversationView, 'tasks' | 'open'>): readonly Task[] {
  return tasks.filter(({ toolId }) => toolId === null || !open.includes(toolId));
}

/** What the turn waits for and could go on without: undefined when there is none. */
export function waitedFor({ tasks, open, turn }: Pick<ConversationView, 'tasks' | 'open' | 'turn'>) {
  if (!turn || turn.stopping) return undefined;
  return tasks.findLast(({ toolId, stopping }) => toolId !== null && !stopping && open.includes(toolId));
}

/** `Agent · 12 tools · 34.5k tokens · Bash`; parts that are not known are left out. */
export function taskFacts({ kind, toolUses, tokens, lastTool }: Task): string {
  const thousands = tokens >= 1000 ? `${(tokens / 1000).toFixed(1)}k` : String(tokens);
  return [
    kindWords(kind),
    toolUses > 0 ? `${toolUses} ${toolUses === 1 ? 'tool' : 'tools'}` : '',
    tokens > 0 ? `${thousands} tokens` : '',
    lastTool === null ? '' : `now ${lastTool}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
