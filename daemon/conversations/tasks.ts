// Work beside the conversation: how it is ended, how a call that the turn waits for is put there, and what becomes of it when
// its run ends. Facts: `stop_task` of an unknown task is a success; `background_tasks` says whether there was anything to move.
import type { ClaudeSession } from '../ports/claude.ts';
import { AppError } from '../protocol/errors.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import type { ConversationView } from '../protocol/view.ts';

export async function stopTask(session: ClaudeSession, taskId: string): Promise<void> {
  await session.request({ subtype: 'stop_task', task_id: taskId });
}

/** Rejects with `no_task` when the call is over, or is not one that can go on beside the turn. */
export async function moveToBackground(session: ClaudeSession, toolId: string | undefined): Promise<void> {
  const one = toolId === undefined ? {} : { tool_use_id: toolId };
  const answer = await session.request({ subtype: 'background_tasks', ...one });
  const isMoved =
    typeof answer === 'object' && answer !== null && 'backgrounded' in answer && answer.backgrounded === true;
  if (!isMoved) throw new AppError('no_task');
}

/** What ran beside a run ends with it. */
export function lostTasks({ tasks }: ConversationView): ConversationDraft[] {
  return tasks.map(({ taskId }) => ({
    type: 'task.finished',
    taskId,
    status: 'stopped',
    summary: 'It ended together with Claude.',
  }));
}
