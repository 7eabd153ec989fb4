// The demo: plain words are answered by what they ask for, so that anyone can try everything without an account.
// This file says which words lead where; the scripts themselves are in demo/, one file for each kind.
import { acting } from './demo/acting.ts';
import { asking } from './demo/asking.ts';
import { say } from './demo/speech.ts';
import { talking } from './demo/talking.ts';
import { agentErrand, working } from './demo/working.ts';
import type { ChooseScript, Scripts, Step } from './pick.ts';

export const demoScripts: Scripts = { ...talking, ...acting, ...asking, ...working };

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
