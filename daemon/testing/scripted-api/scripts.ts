// The built-in scripts: `[[name args]]` in a message makes "Claude" do one thing. For tests, so each is as small
// as the thing it shows. Prose for people belongs in demo-scripts.ts.
import { planFileOf } from './messages.ts';
import type { Scripts, Step, Turn } from './pick.ts';
import {
  type Reply,
  apiError,
  drop,
  headers,
  hold,
  pause,
  stop,
  streamError,
  text,
  thinking,
  tool,
  usage,
} from './replies.ts';

const pangram = 'The quick brown fox jumps over the lazy dog. ';

/** What holds paths is not cut: a recorded session could not be made neutral otherwise. */
const inOnePiece = { chunk: 10_000 };

const restOr = ({ args }: Turn, fallback: string): string => (args.length > 0 ? args.join(' ') : fallback);
const numberOr = ({ args }: Turn, index: number, fallback: number): number => {
  const value = Number(args[index]);
  return args[index] === undefined || Number.isNaN(value) ? fallback : value;
};
/** The first argument as a path in the working folder. */
const fileOf = ({ args, folder }: Turn): string => {
  const name = args[0] ?? 'new.txt';
  return name.startsWith('/') ? name : `${folder}/${name}`;
};
const resultsOf = ({ toolResults }: Turn): string => toolResults.map((result) => result.text).join('\n');

const bash = (command: string, more: Record<string, unknown> = {}) =>
  tool('Bash', { command, description: 'Run a command', ...more });
/** A subagent whose prompt carries a keyword of its own: `{{bash ls}}` stands for `[[bash ls]]`. */
const agent = (orders: string, inBackground: { readonly run_in_background: boolean }) =>
  tool('Agent', {
    description: 'Look around',
    prompt: `Do this now: ${orders}`.replace('{{', '[[').replace('}}', ']]'),
    subagent_type: 'general-purpose',
    ...inBackground,
  });
const ordersOf = (turn: Turn): string => restOr(turn, '{{bash echo from-subagent}}');

const says: Scripts = {
  text: [(turn) => [text(restOr(turn, 'Hello from the scripted API.'))]],
  /** [[long sentences]] */
  long: [(turn) => [text(pangram.repeat(numberOr(turn, 0, 20)))]],
  think: [
    () => [thinking('Let me consider this carefully, step by step.'), text('I have thought about it.')],
  ],
  /** [[slow everyMs sentences]] */
  slow: [
    (turn) => [text(pangram.repeat(numberOr(turn, 1, 20)), { chunk: 9, everyMs: numberOr(turn, 0, 30) })],
  ],
  /** [[silent ms]]: nothing for a while, then an answer */
  silent: [(turn) => [pause(numberOr(turn, 0, 10_000)), text('finally')]],
  /** [[hold gate]]: a text, the gate, another text */
  hold: [(turn) => [text('before the gate '), hold(turn.args[0] ?? 'gate'), text('after the gate')]],
  /** [[huge bytes]]: one long line */
  huge: [(turn) => [text('x'.repeat(numberOr(turn, 0, 1_000_000)), { chunk: 16_384 })]],
};

const acts: Scripts = {
  bash: [(turn) => [text('Running a command.'), bash(restOr(turn, 'echo hi'))]],
  bashbg: [(turn) => [bash(restOr(turn, 'sleep 2; echo done'), { run_in_background: true })]],
  write: [
    (turn) => [tool('Write', { file_path: fileOf(turn), content: 'line one\nline two\nline three\n' })],
  ],
  read: [(turn) => [tool('Read', { file_path: fileOf(turn) })]],
  /** Edit refuses a file that was not read in the same session. */
  edit: [
    (turn) => [tool('Read', { file_path: fileOf(turn) })],
    (turn) => [
      tool('Edit', { file_path: fileOf(turn), old_string: 'line two', new_string: 'line 2 (edited)' }),
    ],
  ],
  multi: [
    ({ folder }) => [
      text('Three at once.'),
      bash('echo one'),
      bash(`touch ${folder}/multi.tmp`),
      bash('echo three'),
    ],
  ],
  /** [[loop times]]: a command per step */
  loop: Array.from({ length: 20 }, (_, index) => (turn) => [
    ...(index < numberOr(turn, 0, 8)
      ? [text(`step ${index} `), bash(`echo ${index}`)]
      : [text('done: loop')]),
  ]),
  /** 2.1.329 has TodoWrite only with CLAUDE_CODE_ENABLE_TASKS=0 beside the environment of claudeEnvironment. */
  todo: [
    () => [
      tool('TodoWrite', {
        todos: [
          { content: 'First', status: 'in_progress', activeForm: 'Doing first' },
          { content: 'Second', status: 'pending', activeForm: 'Doing second' },
        ],
      }),
    ],
  ],
  tasks: [
    () => [
      tool('TaskCreate', { subject: 'First task', description: 'Do it', activeForm: 'Doing the first task' }),
    ],
    () => [tool('TaskUpdate', { taskId: '1', status: 'in_progress' })],
    () => [tool('TaskUpdate', { taskId: '1', status: 'completed' })],
    () => [tool('TaskList', {})],
  ],
  task: [(turn) => [agent(ordersOf(turn), { run_in_background: false })]],
  taskbg: [(turn) => [agent(ordersOf(turn), { run_in_background: true })]],
  /** [[agents command; command; …]]: an agent for each command, all at work side by side */
  agents: [
    (turn) =>
      restOr(turn, 'echo one; echo two')
        .split(';')
        .map((command) => agent(`{{bash ${command.trim()}}}`, { run_in_background: true })),
  ],
  skill: [(turn) => [tool('Skill', { skill: turn.args[0] ?? 'hello' })]],
  /** For its permission request only: once allowed, the CLI asks claude.ai whether the address is safe. */
  fetch: [() => [tool('WebFetch', { url: 'http://127.0.0.1:9/none', prompt: 'what' })]],
  /** [[tool Name {"json": "input"}]] */
  tool: [(turn) => [tool(turn.args[0] ?? 'Read', JSON.parse(turn.args.slice(1).join(' ') || '{}'))]],
  structured: [() => [tool('StructuredOutput', { name: 'Ada', age: 36 })]],
};

const asks: Scripts = {
  ask: [
    () => [
      text('I have a question.'),
      tool('AskUserQuestion', {
        questions: [
          {
            question: 'Which library should we use?',
            header: 'Library',
            multiSelect: false,
            options: [
              { label: 'date-fns', description: 'Small and modular' },
              { label: 'luxon', description: 'By the authors of moment' },
            ],
          },
          {
            question: 'Which features do you want?',
            header: 'Features',
            multiSelect: true,
            options: [
              { label: 'Parsing', description: 'Parse dates' },
              { label: 'Zones', description: 'Time zones' },
            ],
          },
        ],
      }),
    ],
    (turn) => [text(`You answered: ${resultsOf(turn)}`, inOnePiece)],
  ],
  /** Into plan mode, the plan into the file that plan mode names, and out again by the person's approval. */
  plan: [
    () => [text('Here is my plan.'), tool('EnterPlanMode', {})],
    (turn) => [
      tool('Write', {
        file_path: planFileOf(turn.body) ?? `${turn.folder}/plan.md`,
        content: '# Plan\n\n1. Write the file\n2. Run the tests\n',
      }),
    ],
    () => [tool('ExitPlanMode', {})],
    (turn) => [text(`Plan verdict: ${resultsOf(turn).slice(0, 400)}`, inOnePiece)],
  ],
  enterplan: [() => [tool('EnterPlanMode', {})]],
};

/** Fails as often as the first argument says (default: always), then works. */
const failing =
  (status: number, error: { type: string; message: string; headers?: Record<string, string> }): Step =>
  (turn): Reply =>
    turn.attempt < numberOr(turn, 0, Number.POSITIVE_INFINITY)
      ? apiError(status, error)
      : [text(`worked after ${turn.attempt} failures`)];

const inAnHour = (): string => String(Math.floor(Date.now() / 1000) + 3600);
const limitHeaders = (status: string): Record<string, string> => ({
  'anthropic-ratelimit-unified-status': status,
  'anthropic-ratelimit-unified-reset': inAnHour(),
  'anthropic-ratelimit-unified-representative-claim': 'five_hour',
});

const fails: Scripts = {
  e400: [failing(400, { type: 'invalid_request_error', message: 'messages: something is wrong' })],
  e401: [failing(401, { type: 'authentication_error', message: 'invalid x-api-key' })],
  e403: [failing(403, { type: 'permission_error', message: 'Your account does not have access to Claude' })],
  e404: [failing(404, { type: 'not_found_error', message: 'model: claude-nope' })],
  e413: [failing(413, { type: 'request_too_large', message: 'Request exceeds the maximum size' })],
  e429: [
    failing(429, { type: 'rate_limit_error', message: 'Rate limited', headers: { 'retry-after': '1' } }),
  ],
  e500: [failing(500, { type: 'api_error', message: 'Internal server error' })],
  e529: [failing(529, { type: 'overloaded_error', message: 'Overloaded' })],
  toolong: [
    failing(400, {
      type: 'invalid_request_error',
      message: 'prompt is too long: 250000 tokens > 200000 maximum',
    }),
  ],
  credit: [
    failing(400, {
      type: 'invalid_request_error',
      message: 'Your credit balance is too low to access the Anthropic API.',
    }),
  ],
  limit: [
    () =>
      apiError(429, {
        type: 'rate_limit_error',
        message: "This request would exceed your account's rate limit",
        headers: {
          ...limitHeaders('rejected'),
          'anthropic-ratelimit-unified-overage-status': 'rejected',
          'retry-after': '3600',
          'x-should-retry': 'false',
        },
      }),
  ],
  /** Works, and says that the limit is near. */
  limitok: [
    () => [
      headers({
        ...limitHeaders('allowed_warning'),
        'anthropic-ratelimit-unified-5h-utilization': '0.91',
        'anthropic-ratelimit-unified-5h-reset': inAnHour(),
        'anthropic-ratelimit-unified-5h-status': 'allowed_warning',
        'anthropic-ratelimit-unified-5h-surpassed-threshold': '0.9',
      }),
      text('fine, but near the limit'),
    ],
  ],
  /** [[midstream times]]: the stream says in mid-answer that it failed, that many times (default: always) */
  midstream: [
    (turn) =>
      turn.attempt < numberOr(turn, 0, Number.POSITIVE_INFINITY)
        ? [text('half an ans'), streamError('overloaded_error', 'Overloaded')]
        : [text('the whole answer')],
  ],
  /** [[cut times]]: the connection breaks in mid-answer that many times (default: always) */
  cut: [
    (turn) =>
      turn.attempt < numberOr(turn, 0, Number.POSITIVE_INFINITY)
        ? [text('half an answer, then '), drop()]
        : [text('the whole answer')],
  ],
  /** [[breaks gate times]]: like cut, but at a gate, so that half the answer is out before */
  breaks: [
    (turn) =>
      turn.attempt < numberOr(turn, 1, Number.POSITIVE_INFINITY)
        ? [text('half an answer, then '), hold(turn.args[0] ?? 'break'), drop()]
        : [text('the whole answer')],
  ],
  /** Cut by the length limit; the CLI asks on by itself. */
  maxtok: [() => [text('This was cut'), stop('max_tokens')], () => [text('and this is the rest')]],
  refuse: [() => [text('I cannot'), stop('refusal')]],
  big: [() => [text('big usage'), usage({ input_tokens: 190_000, output_tokens: 50 })]],
};

export const builtInScripts: Scripts = { ...says, ...acts, ...asks, ...fails };
