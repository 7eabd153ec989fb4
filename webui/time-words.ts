// Times, durations and costs in the few words that a line has room for. Pure: `now` is always given.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// Making a format takes a phone a millisecond, so each is made once.
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const fullDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `4 s`, `1 m 40 s`, `2 h 5 m`; at least one second. */
export function durationWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / second));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return pair([minutes, 'm'], [seconds % 60, 's']);
  return pair([Math.floor(minutes / 60), 'h'], [minutes % 60, 'm']);
}

function pair([big, bigUnit]: [number, string], [small, smallUnit]: [number, string]): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

/** How long ago, as a list says it: `now`, `4 min`, `14:02`, `Yesterday`, `Mon`, `3 Nov`, `3 Nov 2025`. */
export function agoWords(at: number, now: number): string {
  const past = now - at;
  if (past < minute) return 'now';
  if (past < hour) return `${Math.floor(past / minute)} min`;
  const days = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (days <= 0) return clockWords(at);
  if (days === 1) return 'Yesterday';
  if (days < 7) return weekday.format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayAndMonth : fullDate).format(at);
}

/** `21 Nov 2026`. */
export function dateWords(at: number): string {
  return fullDate.format(at);
}

/** `14:02`. */
export function clockWords(at: number): string {
  return timeOfDay.format(at);
}

/** `$0.12`; what costs less than a cent says so. */
export function costWords(usd: number): string {
  if (usd <= 0) return '';
  return usd < 0.01 ? '<$0.01' : `$${usd.toFixed(2)}`;
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
