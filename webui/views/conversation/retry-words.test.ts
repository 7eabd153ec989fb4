import { expect, it } from 'vitest';
import { retryWords } from './retry-words.ts';

const retry = { attempt: 3, maxAttempts: 10, due: 9000, status: 529, error: 'overloaded_error' };

it('says the cause, the try and the wait', () => {
  expect(retryWords(retry, 5000)).toBe('Anthropic is overloaded, try 3 of 10, next in 4 s');
  expect(retryWords(retry, 9500)).toBe('Anthropic is overloaded, try 3 of 10, trying now');
});

it('says what is known when there is no status', () => {
  expect(retryWords({ ...retry, status: null, error: '' }, 9500)).toBe(
    'Anthropic cannot be reached, try 3 of 10, trying now',
  );
});
