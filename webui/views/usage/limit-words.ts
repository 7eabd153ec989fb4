// The limits of the person's plan in words: which window, how much of it is used, when it begins anew. Pure.
import type { Limit } from '../../../daemon/protocol/usage.ts';
import { clockWords } from '../../time-words.ts';

const day = 24 * 60 * 60 * 1000;

// Making a format takes a phone a millisecond, so each is made once.
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

const windows: Readonly<Record<string, string>> = {
  five_hour: '5-hour window',
  seven_day: '7-day window',
  seven_day_opus: '7-day window for Opus',
  seven_day_sonnet: '7-day window for Sonnet',
  overage: 'Extra usage',
};

/** A window of a newer CLI is told by its own name. */
export function windowWords(window: string): string {
  return windows[window] ?? window.replaceAll('_', ' ');
}

/** `14:20`, `tomorrow 14:20`, `Mon 14:20`, `3 Nov, 14:20`. */
export function resetWords(resetsAt: number, now: number): string {
  const days = Math.round((startOfDay(resetsAt) - startOfDay(now)) / day);
  const time = clockWords(resetsAt);
  if (days <= 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  return days < 7 ? `${weekday.format(resetsAt)} ${time}` : `${dayAndMonth.format(resetsAt)}, ${time}`;
}

export type LimitState = 'reached' | 'near' | 'open';

/** A limit whose time has come is open again, whatever was said of it. */
export function limitState({ status, resetsAt }: Limit, now: number): LimitState {
  if (resetsAt !== null && resetsAt <= now) return 'open';
  if (status.startsWith('rejected')) return 'reached';
  return status === 'allowed_warning' ? 'near' : 'open';
}

/** `5-hour window: 91 % used, resets 14:20`. */
export function limitWords(limit: Limit, now: number): string {
  const { window, used, resetsAt } = limit;
  const isOver = resetsAt !== null && resetsAt <= now;
  const facts = [
    limitState(limit, now) === 'reached' ? 'used up' : used === null || isOver ? '' : `${percent(used)} used`,
    resetsAt === null ? '' : isOver ? 'began anew' : `resets ${resetWords(resetsAt, now)}`,
  ].filter(Boolean);
  return facts.length === 0 ? windowWords(window) : `${windowWords(window)}: ${facts.join(', ')}`;
}

/** What a person must know before they send the next message; the worst first, none when all is well. */
export function pressingLimits(limits: Readonly<Record<string, Limit>>, now: number): readonly Limit[] {
  const rank = { reached: 0, near: 1, open: 2 } satisfies Record<LimitState, number>;
  return Object.values(limits)
    .filter((limit) => limitState(limit, now) !== 'open')
    .toSorted((a, b) => rank[limitState(a, now)] - rank[limitState(b, now)]);
}

/** `0.914` → `91 %`; what is not all is never told as 100 %. */
export function percent(share: number): string {
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : Math.round(share * 100)} %`;
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
