// The demo: plain words are answered by what they ask for, so that anyone can try everything without an account.
// Each script plays one thing through to its end, a refusal included. The words are the first thing a visitor reads.
import { demoEdits } from './demo-project.ts';
import {
  type Outcome,
  answersIn,
  linesRead,
  newestTaskIds,
  newestToolInput,
  outcomeOf,
} from './demo-turn.ts';
import { markdownTour, welcome } from './demo-words.ts';
import { planFileOf } from './messages.ts';
import type { ChooseScript, Scripts, Step, Turn } from './pick.ts';
import { type Part, type Reply, apiError, pause, text, thinking, tool } from './replies.ts';

const say = (words: string): Part => text(words, { chunk: 4, everyMs: 25 });
const recite = (words: string): Part => text(words, { chunk: 9, everyMs: 20 });
const fence = (output: string): string => {
  const lines = output.trim().split('\n');
  const shown = lines.length > 12 ? [...lines.slice(0, 12), `… and ${lines.length - 12} more lines`] : lines;
  return `\n\n\`\`\`text\n${shown.join('\n')}\n\`\`\`\n\n`;
};

/** Goes on after a tool: what to say when it worked; a refusal and a failure are answered the same everywhere. */
const afterTool =
  (onDone: (turn: Turn, output: string) => Reply): Step =>
  (turn) => {
    const outcome = outcomeOf(turn);
    return outcome.kind === 'done' ? onDone(turn, outcome.output) : [say(regret(outcome))];
  };

function regret(outcome: Exclude<Outcome, { kind: 'done' }>): string {
  if (outcome.kind === 'failed') return `That did not work. This is what came back:${fence(outcome.output)}`;
  const quoted = outcome.because
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return `Understood, I will leave it. Nothing was changed. This is what reached me:\n\n${quoted}\n\nAsk again whenever you like.`;
}

const hello: Scripts = {
  demoHello: [() => [say(welcome)]],
  demoMarkdown: [() => [recite(markdownTour)]],
  demoThink: [
    () => [
      thinking(
        'The person wants to see me think. Let me take a real little question: why do we leave a light on at the door?\n\n' +
          'It is cheap, it asks for nothing, and it tells whoever comes home late that somebody is there. ' +
          'It works for programs too: something that stays on, waits, and costs almost nothing until it is needed.\n\n' +
          'That is a good answer. I will keep it short.',
        { chunk: 4, everyMs: 25 },
      ),
      say(
        'A light at the door says three things at once: *someone is home*, *you are expected*, and *take your time*.\n\nWhat I thought before I said this is folded away above; tap it to read it.',
      ),
    ],
  ],
  demoEcho: [
    ({ words }) => [
      say(
        `You said:\n\n> ${words.slice(0, 300).replaceAll('\n', '\n> ')}\n\nIn this demo I only have written answers, and none fits that. ` +
          'Say **hello** for the list of things I can show you.',
      ),
    ],
  ],
};

const tools: Scripts = {
  demoRun: [
    ({ words }) => [
      say('Let me look at what we have here.'),
      /test|node|version/i.test(words)
        ? tool('Bash', { command: 'node --version', description: 'Show the version of Node' })
        : tool('Bash', { command: 'ls -la', description: 'List the files of the project' }),
    ],
    afterTool((_turn, output) => [
      say(
        `Done. The command ran on this computer and printed:${fence(output)}Commands that only look, like this one, need no permission. Say **create a file** to see one that does.`,
      ),
    ]),
  ],
  demoCreate: [
    ({ folder }) => [
      say('I will write a short note into the project. Claude asks you first, because it changes something.'),
      tool('Write', {
        file_path: `${folder}/note-${new Date().toISOString().slice(11, 19).replaceAll(':', '-')}.md`,
        content:
          '# A note\n\nWritten by the Porchlight demo, with your permission.\n\n- It is safe to delete.\n',
      }),
    ],
    afterTool((_turn, output) => {
      const name = /([^/\s]+\.md)\b/.exec(output)?.[1] ?? 'The note';
      return [say(`Thank you. **${name}** is in the project now, with your permission.`)];
    }),
  ],
  demoEdit: [
    ({ folder }) => [
      say('I read the file before I touch it.'),
      tool('Read', { file_path: `${folder}/hello.js` }),
    ],
    afterTool(({ folder }, output) => {
      const source = linesRead(output);
      const edit = demoEdits.find(({ before }) => source.split(before).length === 2);
      if (edit === undefined) {
        return [
          say(
            '`hello.js` is not as the demo left it, so I know no change for it. Put the first version back and ask again.',
          ),
        ];
      }
      return [
        say('I know what to change. Have a look at it before you say yes.'),
        tool('Edit', { file_path: `${folder}/hello.js`, old_string: edit.before, new_string: edit.after }),
      ];
    }),
    afterTool((turn) => {
      const input = newestToolInput(turn);
      const told = demoEdits.find(({ before }) => input['old_string'] === before)?.told;
      return [
        say(
          `Done. ${told ?? ''}\n\nYou can see the change as a diff above. Say **edit** again and I will find something else.`,
        ),
      ];
    }),
  ],
};

const asking: Scripts = {
  demoQuestion: [
    () => [
      say('Two small questions, so that I build the right thing.'),
      tool('AskUserQuestion', {
        questions: [
          {
            question: 'Which colour should the light have?',
            header: 'Colour',
            multiSelect: false,
            options: [
              { label: 'Warm white', description: 'Like an old lamp' },
              { label: 'Cool white', description: 'Like an office' },
              { label: 'Amber', description: 'Kind to night eyes' },
            ],
          },
          {
            question: 'When should it be on?',
            header: 'Times',
            multiSelect: true,
            options: [
              { label: 'At dusk', description: 'When the sun goes down' },
              { label: 'At night', description: 'Until the morning' },
              { label: 'When someone comes', description: 'A sensor at the gate' },
            ],
          },
        ],
      }),
    ],
    afterTool((_turn, output) => {
      const answers = answersIn(output).map(({ question, answer }) => `- ${question} **${answer}**`);
      return [
        say(
          answers.length > 0
            ? `Thank you. I noted:\n\n${answers.join('\n')}`
            : `Thank you. I got this:${fence(output)}`,
        ),
      ];
    }),
  ],
  demoPlan: [
    () => [say('A plan first, then. I switch to plan mode, where I only read.'), tool('EnterPlanMode', {})],
    (turn) => [
      say('Let me write it down.'),
      tool('Write', {
        file_path: planFileOf(turn.body) ?? `${turn.folder}/plan.md`,
        content:
          '# Plan: greet by the time of day\n\n## Why\n`hello.js` says "Hello" at midnight too.\n\n## Steps\n' +
          '1. Ask the clock for the hour\n2. Choose between *morning*, *afternoon* and *evening*\n3. Run `node hello.js` and look\n\n' +
          '## Not in this plan\n- Other languages\n- Holidays\n',
      }),
    ],
    afterTool(() => [tool('ExitPlanMode', {})]),
    (turn) => {
      const outcome = outcomeOf(turn);
      if (outcome.kind === 'refused')
        return [
          say(
            `Then we change the plan. You said:\n\n> ${outcome.because}\n\nSay **plan** to go round again.`,
          ),
        ];
      return [
        say(
          'Approved, thank you. In the demo the plan ends here; say **edit the file** to see its first step done.',
        ),
      ];
    },
  ],
};

const working: Scripts = {
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
const agentErrand = 'Look at the files here and say in one sentence what this project is.';

export const demoScripts: Scripts = { ...hello, ...tools, ...asking, ...working };

/** First match wins: the narrow words stand before the common ones. */
const triggers: readonly (readonly [RegExp, keyof typeof demoScripts])[] = [
  [new RegExp(agentErrand), 'demoErrand'],
  [/\bpermission/i, 'demoCreate'],
  [/\bplan/i, 'demoPlan'],
  [/\bquestion|\bask\b|\bchoose\b/i, 'demoQuestion'],
  [/\bto-?dos?\b|\btasks?\b|\bsteps\b/i, 'demoTodo'],
  [/\b(?:sub)?agents?\b|\bbackground\b/i, 'demoAgent'],
  [/\berrors?\b|\boverload|\bretry\b|\bfail/i, 'demoError'],
  [/\bmarkdown\b|\btables?\b|\bformat/i, 'demoMarkdown'],
  [/\bedit|\bchange|\bmodify|\bfix\b|\bdiff\b/i, 'demoEdit'],
  [/\bcreate|\btouch\b|\bwrite\b|\bnew file\b/i, 'demoCreate'],
  [/\bthink|\bthought|\breason/i, 'demoThink'],
  [/\brun\b|\btests?\b|\bcommand|\bshell\b|\bbash\b|\bls\b|\bnode\b/i, 'demoRun'],
  [/\bhello\b|\bhi\b|\bhey\b|\bhelp\b|\bwhat can\b|\bwelcome\b/i, 'demoHello'],
];

export const chooseDemoScript: ChooseScript = ({ words, notice }) =>
  notice !== undefined
    ? 'demoNotice'
    : (triggers.find(([pattern]) => pattern.test(words))?.[1] ?? 'demoEcho');

/** For a conversation that goes on past a script's last step. */
export const finishDemo: Step = () => [
  say('That was all of it. Say **hello** for the list of things I can show you.'),
];
