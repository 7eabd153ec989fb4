// What runs beside the conversation: a line above the composer, and the sheet in which each can be stopped.
import { ChevronUp } from 'lucide';
import { findItem } from '../../../daemon/protocol/pages.ts';
import type { ConversationView, Task } from '../../../daemon/protocol/view.ts';
import { everySecond } from '../../computer-clock.ts';
import type { OpenConversation } from '../../store.ts';
import { durationWords } from '../../time-words.ts';
import { textField } from '../../../daemon/protocol/fields.ts';
import { Icon } from '../../tools/icon.tsx';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { backgroundTasks, taskFacts, waitedFor } from './task-words.ts';

export function TasksStrip({ conversation }: { conversation: OpenConversation }) {
  const { navigation } = useApp();
  const { conversationId } = conversation;
  const tasks = backgroundTasks(conversation.view.value);
  if (tasks.length === 0) return null;
  return (
    <button
      type="button"
      class="tasks-strip"
      aria-haspopup="dialog"
      onClick={() => navigation.show({ name: 'tasks', conversationId })}
    >
      <span class="beacon" aria-hidden="true" />
      <span class="count">{tasks.length} running in the background</span>
      <span class="opener">
        <Icon of={ChevronUp} />
      </span>
    </button>
  );
}

export function TasksSheet({ conversation }: { conversation: OpenConversation }) {
  const tasks = backgroundTasks(conversation.view.value);
  return (
    <Sheet label="In the background">
      {tasks.length === 0 ? (
        <p class="quiet">Nothing runs in the background any more.</p>
      ) : (
        <ul class="tasks" aria-label="Tasks">
          {tasks.map((task) => (
            <TaskRow
              key={task.taskId}
              task={task}
              command={commandOf(conversation.view.value, task)}
              conversationId={conversation.conversationId}
            />
          ))}
        </ul>
      )}
      <p class="quiet">When one ends, Claude hears of it and goes on by itself.</p>
    </Sheet>
  );
}

/** What a command's task really runs; empty for other tasks, and when its call is not held here. */
function commandOf({ pages }: ConversationView, { toolId }: Task): string {
  const call = toolId === null ? undefined : findItem(pages, toolId);
  return call?.kind === 'tool' ? textField(call.input, 'command') : '';
}

function TaskRow(props: { task: Task; command: string; conversationId: string }) {
  const { task, command: ran, conversationId } = props;
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const { taskId, description, startedAt, stopping } = task;
  return (
    <li>
      <span class="what">
        <span class="name" dir="auto">
          {description || 'Without a name'}
        </span>
        {ran !== '' && <code dir="ltr">{visibleText(ran)}</code>}
        <span class="means">
          {taskFacts(task)} · {durationWords(everySecond.value - startedAt)}
        </span>
        {trouble.value !== '' && (
          <span class="trouble" role="alert">
            {trouble}
          </span>
        )}
      </span>
      <button
        type="button"
        class="button"
        aria-label={`Stop ${description}`}
        disabled={stopping || isRunning.value}
        onClick={() => run(async () => void (await command('task.stop', { conversationId, taskId })))}
      >
        {stopping ? 'Stopping…' : 'Stop'}
      </button>
    </li>
  );
}

/** A command or an agent that takes long need not hold up the turn. */
export function ToBackground({ conversation }: { conversation: OpenConversation }) {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const { conversationId } = conversation;
  const task = waitedFor(conversation.view.value);
  if (!task?.toolId) return null;
  const { toolId } = task;
  return (
    <div class="to-background">
      <button
        type="button"
        class="plain"
        disabled={isRunning.value}
        onClick={() => run(async () => void (await command('task.background', { conversationId, toolId })))}
      >
        Let it go on in the background
      </button>
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}
