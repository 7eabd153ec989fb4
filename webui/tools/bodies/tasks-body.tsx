// Claude's list of tasks as it stood at this call, or the one task that the call was about.
import { Circle, CircleCheck, CircleDot, type IconNode } from 'lucide';
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { field, listField, textField } from '../../../daemon/protocol/fields.ts';
import { Icon } from '../icon.tsx';
import { KeyValue } from '../key-value.tsx';

export function TasksBody({ item }: { item: ToolItem }) {
  const tasks = tasksOf(item);
  if (tasks.length === 0) return <KeyValue value={item.input} />;
  return (
    <ul class="tasks">
      {tasks.map((task) => {
        const { icon, said, name } = looks(textField(task, 'status'));
        return (
          <li class={name}>
            <Icon of={icon} />
            <span dir="auto">
              <span class="spoken">{said}: </span>
              {textField(task, 'content') || textField(task, 'subject')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function tasksOf({ input, detail }: ToolItem): readonly unknown[] {
  const todos = listField(input, 'todos');
  if (todos.length > 0) return todos;
  const listed = listField(detail, 'tasks');
  if (listed.length > 0) return listed;
  const one = field(detail, 'task');
  return textField(one, 'subject') === '' ? [] : [one];
}

function looks(status: string): { icon: IconNode; said: string; name: string } {
  if (status === 'completed') return { icon: CircleCheck, said: 'Done', name: 'completed' };
  if (status === 'in_progress') return { icon: CircleDot, said: 'In progress', name: 'in-progress' };
  return { icon: Circle, said: 'To do', name: 'pending' };
}
