// A conversation of 100,000 events against one of 100, side by side: `few : many (ratio)`. Opening it must not depend on its
// length. The longest task of scrolling is the code that colours code, read when the first of it comes into sight: promised is
// the one behind it.
import { loadavg } from 'node:os';
import { type LongFigures, measureLong } from './long-conversation.ts';
import type { Row } from './row.ts';

const events = 100_000;
/** As slow as the short conversation's, within what two runs differ by. */
const alike = 2;

const promises: Partial<Record<keyof LongFigures, { readonly atMost: number; readonly orTimes?: number }>> = {
  'daemon: first page, from the checkpoint': { atMost: 300 },
  'phone: readable tail': { atMost: 0, orTimes: alike },
  'phone: interactive': { atMost: 0, orTimes: alike },
  'phone: heap at the tail (MB)': { atMost: 0, orTimes: alike },
  'phone: second longest, scrolling up': { atMost: 50 },
  'phone: longest task, streaming': { atMost: 50 },
  'phone: key to paint, streaming, p95, not slowed': { atMost: 100, orTimes: alike },
};

export async function longRows(): Promise<Row[]> {
  const few = await measureLong(100);
  const many = await measureLong(events);
  const load = loadavg().map((each) => each.toFixed(1));
  const sizes = `${few.events.toLocaleString('en')} : ${many.events.toLocaleString('en')}`;
  return [
    { what: 'long: events', value: `${sizes}, load average ${load.join(' ')}`, budget: '', isWithin: true },
    ...Object.keys(few).flatMap((key) => (isFigure(few, key) ? rowOf(key, few[key], many[key]) : [])),
  ];
}

function isFigure(figures: LongFigures, key: string): key is keyof LongFigures {
  return key !== 'events' && Object.hasOwn(figures, key);
}

function rowOf(what: keyof LongFigures, few: number, many: number): Row {
  const ratio = few > 0 ? ` (${(many / few).toFixed(2)})` : '';
  const value = `${few.toFixed(1)} : ${many.toFixed(1)}${ratio}`;
  const promise = promises[what];
  if (!promise) return { what, value, budget: '', isWithin: true };
  const { atMost, orTimes } = promise;
  const isWithin = many <= atMost || (orTimes !== undefined && many <= few * orTimes);
  const words = [atMost > 0 && `≤ ${atMost}`, orTimes !== undefined && `≤ ${orTimes} times the short one’s`];
  return { what, value, budget: words.filter(Boolean).join(' or '), isWithin };
}
