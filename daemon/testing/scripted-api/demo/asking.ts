// Demo scripts that need the person: two questions, and a plan to approve.
import { planFileOf } from '../messages.ts';
import type { Scripts } from '../pick.ts';
import { tool } from '../replies.ts';
import { afterTool, fence, say } from './speech.ts';
import { answersIn, outcomeOf } from './turn.ts';

export const asking: Scripts = {
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
