// Hours of the day in which no notice is to disturb. Pure.

export interface QuietHours {
  /** `22:00`. */
  readonly from: string;
  readonly to: string;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** ms until they end, 0 outside of them; `now` is ms since 1970, the hours are the computer's own. The same time twice is never. */
export function quietForMs(hours: QuietHours | null, now: number): number {
  if (!hours) return 0;
  const date = new Date(now);
  const at = now - new Date(now).setHours(0, 0, 0, 0);
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)].map((minutes) => minutes * minute);
  if (from === undefined || to === undefined || from === to || Number.isNaN(date.getTime())) return 0;
  const isOverMidnight = to < from;
  const isQuiet = isOverMidnight ? at >= from || at < to : at >= from && at < to;
  if (!isQuiet) return 0;
  return at < to ? to - at : day - at + to;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return 60 * hours + minutes;
}
