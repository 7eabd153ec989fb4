// Demo scripts that use a tool on the project: look, create, edit. Nothing here can harm it: looking needs no
// permission, creating makes one small new file, editing changes a line of the demo's own program.
import type { Scripts } from '../pick.ts';
import { tool } from '../replies.ts';
import { demoEdits } from './project.ts';
import { afterTool, fence, say } from './speech.ts';
import { linesRead, newestToolInput } from './turn.ts';

export const acting: Scripts = {
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
