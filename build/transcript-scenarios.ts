// What is recorded by record-transcripts.ts: what is said, one turn each, and how what Claude asks is answered. Together the
// scenarios bring every kind of line that the CLI prints in ordinary use.
import type { CommandInput } from '../daemon/protocol/commands.ts';
import type { Mode } from '../daemon/protocol/events.ts';

type Answer = Omit<CommandInput<'permission.answer'>, 'conversationId' | 'requestId'>;
type Input = Record<string, never>;

export interface Scenario {
  readonly messages: readonly string[];
  /** Default: allow. Given the tool and its input. */
  readonly answer?: (tool: string, input: Input) => Answer;
  readonly mode?: Mode;
  /** Beside the usual environment of the daemon. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder counts as trusted and a small MCP server is set up in it. */
  readonly hasMcp?: boolean;
  /** Lines that no CLI of today prints, put behind the recorded ones. */
  readonly added?: readonly string[];
}

const allow = (): Answer => ({ behavior: 'allow' });
const deny = (): Answer => ({ behavior: 'deny', message: 'Not today.' });
const answers = { 'Which library should we use?': 'luxon', 'Which features do you want?': 'Parsing, Zones' };

/** Nothing leaves this computer, whatever the CLI would like to look up. */
const offline = {
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
};
const impatient = { CLAUDE_CODE_MAX_RETRIES: '1' };

export const scenarios = {
  'text-and-thinking': { messages: ['[[text Good evening.]]', '[[think]]', '[[maxtok]]'] },
  shell: { messages: ['[[bash touch a.txt]]', '[[bash ls missing]]', '[[multi]]'] },
  files: {
    messages: [
      '[[write b.txt]]',
      '[[edit b.txt]]',
      '[[read b.txt]]',
      '[[write b.txt]] again',
      '[[read missing.txt]]',
      '[[tool ToolSearch {"query":"select:NotebookEdit"}]]',
    ],
  },
  image: { messages: ['[[read picture.png]]'] },
  denied: { messages: ['[[bash touch a.txt]]', '[[write b.txt]]'], answer: deny },
  'edited-command': {
    messages: ['[[bash touch a.txt]]'],
    answer: () => ({ behavior: 'allow', updatedInput: { command: 'touch b.txt', description: 'Edited' } }),
  },
  'rule-kept': {
    messages: ['[[write b.txt]]', '[[write c.txt]]'],
    answer: () => ({
      behavior: 'allow',
      updatedPermissions: [{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }],
    }),
  },
  'asks-nobody': { messages: ['[[bash touch a.txt]]', '[[write b.txt]]'], mode: 'dontAsk' },
  question: {
    messages: ['[[ask]]'],
    answer: (_tool, input) => ({ behavior: 'allow', updatedInput: { ...input, answers } }),
  },
  'question-skipped': { messages: ['[[ask]]'], answer: deny },
  plan: { messages: ['[[plan]]', '[[bash touch a.txt]]'] },
  'plan-sent-back': { messages: ['[[plan]]'], mode: 'plan', answer: deny },
  'todo-list': { messages: ['[[todo]]'], env: { CLAUDE_CODE_ENABLE_TASKS: '0' } },
  'task-list': { messages: ['[[tasks]]'] },
  subagent: { messages: ['[[task {{bash touch a.txt}}]]'] },
  'background-agents': { messages: ['[[agents touch a.txt; echo hi]]', '[[text Over.]]'] },
  'background-shell': { messages: ['[[bashbg sleep 0.3; echo done]]', '[[text Over.]]'] },
  commands: {
    messages: [
      '[[text Before.]]',
      '[[text Before, again.]]',
      '/context',
      '/compact',
      '[[text After.]]',
      '/clear',
      '[[text New.]]',
    ],
  },
  retries: { messages: ['[[e529 1]]', '[[cut 1]]', '[[midstream 1]]'] },
  failures: {
    messages: ['[[e400]]', '[[e401]]', '[[e404]]', '[[credit]]', '[[cut]]', '[[text Again.]]'],
    env: impatient,
  },
  'too-long': { messages: ['[[text Much.]]', '[[toolong]]', '[[text Less.]]'], env: impatient },
  refusal: { messages: ['[[refuse]]'] },
  limits: {
    messages: ['[[limitok]]', '[[limit]]'],
    env: { ...offline, ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-made-up' },
  },
  'not-logged-in': { messages: ['[[text Hello?]]'], env: { ...offline, ANTHROPIC_API_KEY: '' } },
  mcp: {
    messages: ['[[tool mcp__parrot__echo {"words":"hello"}]]', '[[tool mcp__parrot__fail {}]]'],
    hasMcp: true,
  },
  web: { messages: ['[[fetch]]'], env: offline },
  skill: { messages: ['[[skill greet]]', '[[skill nothing-of-the-kind]]', '[[tool NoSuchTool {}]]'] },
  'unknown-lines': {
    messages: ['[[text Before the moon.]]'],
    added: [
      '{"type":"moon_phase","phase":"full"}',
      '{"type":"system","subtype":"tide","height":3}',
      'Warning: this is no JSON',
    ],
  },
} as const satisfies Record<string, Scenario>;

export const answerOf = (scenario: Scenario): NonNullable<Scenario['answer']> => scenario.answer ?? allow;
