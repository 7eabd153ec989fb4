// Why Claude waits before it tries again, and until when. Pure.
import type { Retry } from '../../../daemon/protocol/view.ts';

export function retryWords({ attempt, maxAttempts, due, status, error }: Retry, now: number): string {
  const seconds = Math.ceil((due - now) / 1000);
  const next = seconds > 0 ? `next in ${seconds} s` : 'trying now';
  return `${cause(status, error)}, try ${attempt} of ${maxAttempts}, ${next}`;
}

function cause(status: number | null, error: string): string {
  if (status === 529) return 'Anthropic is overloaded';
  if (status === 429) return 'Anthropic limits the rate (429)';
  if (status !== null && status >= 500) return `Anthropic has trouble (${status})`;
  if (status !== null) return `Anthropic refused (${status})`;
  return error === '' ? 'Anthropic cannot be reached' : error;
}
