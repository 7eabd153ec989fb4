// Demo scripts that only talk: the welcome, the markdown tour, thinking aloud, and the echo for all the rest.
import type { Scripts } from '../pick.ts';
import { thinking } from '../replies.ts';
import { recite, say } from './speech.ts';
import { markdownTour, welcome } from './words.ts';

export const talking: Scripts = {
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
