// Why a turn failed, in plain words, and what the person can do about it. Pure. The CLI's own words stand under it, so
// nothing here has to be complete.
import type { Limit } from '../../../daemon/protocol/usage.ts';
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import { limitState, resetWords, windowWords } from '../usage/limit-words.ts';

/** What a button can do: send the last message again, summarise what was said, choose another model. */
export type Remedy = 'again' | 'makeRoom' | 'model';

export interface FailureWords {
  readonly happened: string;
  readonly toDo: string;
  readonly remedy: Remedy | null;
}

type Failed = Pick<ReceiptItem, 'cause' | 'error'>;

export function failureWords(
  failed: Failed,
  limits: Readonly<Record<string, Limit>>,
  now: number,
): FailureWords {
  const error = failed.error ?? '';
  const words = (happened: string, toDo: string, remedy: Remedy | null = 'again'): FailureWords => ({
    happened,
    toDo,
    remedy,
  });
  switch (failed.cause) {
    case 'authentication_failed':
      return { ...notLoggedIn(error), remedy: 'again' };
    case 'billing_error':
      return words(
        'The account has no credit left.',
        'Add credit or another account on the computer, then try again.',
      );
    case 'model_not_found':
      return words(
        'This model is not there, or not for this account.',
        'Choose another model, then try again.',
        'model',
      );
    case 'rate_limit':
      return (
        limitReached(limits, now) ??
        words('Anthropic took no more requests just then.', 'Try again in a while.')
      );
    case 'invalid_request':
      return invalid(error);
    case 'server_error':
      return words('Anthropic’s servers did not answer as they should.', 'This mostly passes by itself.');
    case 'max_output_tokens':
      return words('The answer was longer than the model may write.', 'Ask for it in parts.', null);
    default:
      return other(error);
  }
}

function notLoggedIn(error: string): Omit<FailureWords, 'remedy'> {
  if (/invalid api key|x-api-key/i.test(error))
    return {
      happened: 'Anthropic does not accept the API key that Claude Code uses.',
      toDo: 'Put a valid key into ANTHROPIC_API_KEY on the computer, or log in instead. There run: claude, then /login.',
    };
  if (/403|does not have access/i.test(error))
    return {
      happened: 'This account may not use Claude.',
      toDo: 'Log in with another account. On the computer run: claude, then /login.',
    };
  return {
    happened: 'Claude Code is not logged in.',
    toDo: 'On the computer run: claude, then /login.',
  };
}

function limitReached(limits: Readonly<Record<string, Limit>>, now: number): FailureWords | undefined {
  const reached = Object.values(limits).filter((limit) => limitState(limit, now) === 'reached');
  const last = reached.toSorted((a, b) => (b.resetsAt ?? 0) - (a.resetsAt ?? 0))[0];
  if (!last) return undefined;
  const until = last.resetsAt === null ? '' : ` It begins anew ${atTime(resetWords(last.resetsAt, now))}.`;
  return {
    happened: `The ${windowWords(last.window)} of your plan is used up.${until}`,
    toDo: 'Until then every message fails the same way.',
    remedy: 'again',
  };
}

function atTime(words: string): string {
  return /^\d\d:/.test(words) ? `at ${words}` : words;
}

function invalid(error: string): FailureWords {
  // The CLI's words for a conversation of one message and its answer.
  if (/cannot be compacted/i.test(error))
    return {
      happened: 'This is too long for the model, and there is nothing before it that could be summed up.',
      toDo: 'Go back to before the message and say it with less: smaller files, less pasted text.',
      remedy: null,
    };
  if (/too long|context/i.test(error))
    return {
      happened: 'The conversation is too long for the model.',
      toDo: 'Make room: what was said so far becomes a summary (/compact).',
      remedy: 'makeRoom',
    };
  if (/too large|32 ?MB/i.test(error))
    return {
      happened: 'What was sent is too large.',
      toDo: 'Send less at once: smaller pictures, fewer files.',
      remedy: null,
    };
  if (/unable to respond|refus|policy/i.test(error))
    return {
      happened: 'Claude would not answer this.',
      toDo: 'Say it in another way.',
      remedy: null,
    };
  return { happened: 'Anthropic did not understand the request.', toDo: '', remedy: 'again' };
}

function other(error: string): FailureWords {
  const base = { remedy: 'again' } as const;
  if (/max_turns|maximum number of turns/i.test(error))
    return { ...base, happened: 'Claude took as many steps as it may.', toDo: 'Try again to let it go on.' };
  if (/max_budget|budget/i.test(error))
    return { ...base, happened: 'The budget of this run is used up.', toDo: '', remedy: null };
  if (/unable to connect|ECONN|ENOTFOUND|network|connection/i.test(error))
    return {
      ...base,
      happened: 'The computer could not reach Anthropic.',
      toDo: 'Look at its network, then try again.',
    };
  return { ...base, happened: 'The turn could not be finished.', toDo: '' };
}
