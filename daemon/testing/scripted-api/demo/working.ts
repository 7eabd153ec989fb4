// Demo scripts that take a while: a list that ticks itself off, a second Claude, a busy server.
import type { Scripts, Turn } from '../pick.ts';
import { type Part, apiError, pause, text, tool } from '../replies.ts';
import { afterTool, say } from './speech.ts';
import { newestTaskIds } from './turn.ts';

/** The prompt of the demo's subagent; chooseDemoScript knows it by this. */
export const agentErrand = 'Look at the files here and say in one sentence what this project is.';

export const working: Scripts = {
  demoTodo: [
    () => [
      say('Three steps. Watch the list.'),
      ...['Look at the project', 'Choose a greeting', 'Check the result'].map((subject) =>
        tool('TaskCreate', { subject, description: subject, activeForm: subject }),
      ),
    ],
    afterTool((turn) => [pause(700), ...update(turn, { first: 'in_progress' })]),
    afterTool((turn) => [pause(1200), ...update(turn, { first: 'completed', second: 'in_progress' })]),
    afterTool((turn) => [pause(1200), ...update(turn, { second: 'completed', third: 'in_progress' })]),
    afterTool((turn) => [pause(1200), ...update(turn, { third: 'completed' })]),
    afterTool(() => [say('All three are done.')]),
  ],
  demoAgent: [
    ({ words }) => [
      say(
        isForBackground(words)
          ? 'I send a second Claude to look around, and we need not wait for it.'
          : 'I send a second Claude to look around, and wait for its report.',
      ),
      tool('Agent', {
        description: 'Look around the project',
        prompt: agentErrand,
        subagent_type: 'general-purpose',
        run_in_background: isForBackground(words),
      }),
    ],
    afterTool(({ words }) => [
      say(
        isForBackground(words)
          ? 'It works in the background now. You can go on writing; I will tell you when it is back.'
          : 'The other Claude is back. It found a small JavaScript program, `hello.js`, and a README that explains it.',
      ),
    ]),
  ],
  demoErrand: [
    () => [tool('Bash', { command: 'ls', description: 'List the files' })],
    afterTool(({ folder }) => [pause(600), tool('Read', { file_path: `${folder}/README.md` })]),
    () => [
      text('A small JavaScript program, `hello.js`, and a README that explains it. Nothing else of note.'),
    ],
  ],
  demoNotice: [
    ({ notice = '' }) => {
      const report =
        /<result>([\s\S]*?)<\/result>/.exec(notice)?.[1] ??
        /<summary>([\s\S]*?)<\/summary>/.exec(notice)?.[1];
      return [say(`News from the background: ${(report ?? 'the work there has ended.').trim()}`)];
    },
  ],
  demoError: [
    ({ attempt }) =>
      attempt < 2
        ? apiError(529, { type: 'overloaded_error', message: 'Overloaded' })
        : [
            say(
              'That took three tries: twice the server said it was too busy, and Claude tried again by itself. Now it works.',
            ),
          ],
  ],
};

type Status = 'in_progress' | 'completed';

const update = (
  turn: Turn,
  statuses: { readonly first?: Status; readonly second?: Status; readonly third?: Status },
): Part[] => {
  const ids = newestTaskIds(turn, 3);
  return [statuses.first, statuses.second, statuses.third].flatMap((status, index) =>
    status === undefined ? [] : [tool('TaskUpdate', { taskId: ids[index] ?? '', status })],
  );
};

const isForBackground = (words: string): boolean => /\bbackground\b/i.test(words);
