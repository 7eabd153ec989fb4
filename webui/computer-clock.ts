// What the time is on the computer, whose clock stamps every event: a phone's own clock may be minutes off.
// Also the one place where views get a ticking `now` from.
import { signal } from '@preact/signals';

/** The Date header counts whole seconds and is old by the time it is read; less than this is not worth correcting. */
const tolerance = 2500;
let offset = 0;

export function computerNow(): number {
  return Date.now() + offset;
}

/** Sets the difference from a response's Date header. */
export function hearDate(header: string | null): void {
  const said = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(said)) return;
  const difference = said + 500 - Date.now();
  offset = Math.abs(difference) < tolerance ? 0 : difference;
}

export const everySecond = ticking(1000);
export const everyMinute = ticking(20_000);

/** The computer's time as a signal that ticks only while something shows it. */
function ticking(ms: number) {
  let timer: ReturnType<typeof setInterval> | undefined;
  const now = signal(computerNow(), {
    watched() {
      now.value = computerNow();
      timer = setInterval(() => {
        now.value = computerNow();
      }, ms);
    },
    unwatched() {
      clearInterval(timer);
    },
  });
  return now;
}
