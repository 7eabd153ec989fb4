import { describe, expect, test } from 'vitest';
import type { Limit } from '../../../daemon/protocol/usage.ts';
import { failureWords } from './failure-words.ts';

const now = new Date(2026, 10, 21, 12, 0).getTime();
const told = (cause: string | undefined, error: string | null, limits: Record<string, Limit> = {}) =>
  failureWords({ cause, error }, limits, now);

// The errors are the CLI's own, as 2.1.197 and 2.1.329 wrote them.
test.each([
  ['authentication_failed', 'Not logged in · Please run /login', 'Claude Code is not logged in.', 'again'],
  [
    'authentication_failed',
    'Invalid API key · Fix external API key',
    'Anthropic does not accept the API',
    'again',
  ],
  [
    'authentication_failed',
    'Failed to authenticate. API Error: 403 x',
    'This account may not use Claude.',
    'again',
  ],
  ['billing_error', 'Credit balance is too low', 'The account has no credit left.', 'again'],
  ['model_not_found', "There's an issue with the selected model", 'This model is not there', 'model'],
  ['rate_limit', 'API Error: Request rejected (429)', 'Anthropic took no more requests', 'again'],
  ['invalid_request', 'Prompt is too long', 'The conversation is too long', 'makeRoom'],
  [
    'invalid_request',
    'Prompt is too long · the request is ~250000 tokens (limit 200000) but this conversation is only ~2508 tokens — the rest is system prompt, tool definitions, and attachment content. A single-exchange conversation cannot be compacted; reduce attached files/tools or start with less context.',
    'This is too long for the model, and there is nothing before it',
    null,
  ],
  [
    'invalid_request',
    'Prompt is too long · this conversation is a single exchange and cannot be compacted — the request size comes mostly from system prompt, tool definitions, or attachments.',
    'This is too long for the model, and there is nothing before it',
    null,
  ],
  ['invalid_request', 'Request too large (max 32MB)', 'What was sent is too large.', null],
  ['invalid_request', 'API Error: Claude Code is unable to respond to this', 'Claude would not answer', null],
  ['server_error', 'API Error: 529 Overloaded', 'Anthropic’s servers', 'again'],
  ['unknown', 'API Error: Unable to connect to API (ECONNREFUSED)', 'The computer could not reach', 'again'],
  [undefined, 'error_max_turns', 'Claude took as many steps', 'again'],
  [undefined, null, 'The turn could not be finished.', 'again'],
])('%s with %j says what happened and what to do', (cause, error, happened, remedy) => {
  const words = told(cause, error);
  expect([words.happened.slice(0, happened.length), words.remedy]).toEqual([happened, remedy]);
});

test('not being logged in tells what to type on the computer', () => {
  expect(told('authentication_failed', 'Not logged in · Please run /login').toDo).toBe(
    'On the computer run: claude, then /login.',
  );
});

describe('a limit of the plan', () => {
  const limit = (window: string, resetsAt: number | null, status = 'rejected'): Limit => ({
    ...{ window, status, resetsAt },
    used: null,
  });
  const inTwoHours = new Date(2026, 10, 21, 14, 20).getTime();

  test('is told with the time at which it begins anew', () => {
    const limits = { five_hour: limit('five_hour', inTwoHours) };
    expect(told('rate_limit', 'x', limits).happened).toBe(
      'The 5-hour window of your plan is used up. It begins anew at 14:20.',
    );
  });

  test('of several tells the last that opens', () => {
    const limits = {
      five_hour: limit('five_hour', inTwoHours),
      seven_day: limit('seven_day', inTwoHours + 24 * 3_600_000),
    };
    expect(told('rate_limit', 'x', limits).happened).toContain(
      '7-day window of your plan is used up. It begins anew tomorrow',
    );
  });

  test('that has passed or was only near is not blamed', () => {
    const limits = { a: limit('five_hour', now - 1), b: limit('seven_day', inTwoHours, 'allowed_warning') };
    expect(told('rate_limit', 'x', limits).happened).toBe('Anthropic took no more requests just then.');
  });
});
