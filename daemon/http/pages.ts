// Stretches of logs as JSON text, made once for all readers that stand at the same place. What is kept is bounded by size; a
// reader that finds its stretch gone has it read again.
import type { EventLog, LoggedEvent } from '../ports.ts';
import { createTurns } from './catching-up.ts';

export interface Page {
  /** In order, right behind the reader's place. */
  readonly events: readonly PageEvent[];
  /** Id of the last of them: the reader's next place. */
  readonly last: number;
  /** Of their JSON. */
  readonly chars: number;
}

export interface PageEvent {
  readonly id: number;
  readonly json: string;
}

export interface Pages {
  /** What comes right behind `after`: some 64 KiB, or one larger event. Undefined at the head. */
  behind(log: EventLog, after: number): Promise<Page | undefined>;
}

const batchSize = 500;
/** Less than a millisecond of work, unless they are large. */
const pagesInRound = 2;
const pageChars = 64 * 1024;
const maxPages = 64;

interface Kept {
  readonly log: EventLog;
  readonly after: number;
  readonly page: Page;
  /** More had come behind it already when it was made, so it will never be longer. */
  readonly isFull: boolean;
}

/** Of the newest pages, `keepChars` of JSON are kept in all. */
export function createPages(keepChars = 2 * 1024 * 1024): Pages {
  const kept: Kept[] = [];
  const reading = new Map<EventLog, Map<number, Promise<Page | undefined>>>();
  let chars = 0;
  const takeTurn = createTurns(pagesInRound);

  /** Nearly everybody stands at the newest. */
  function find(log: EventLog, after: number): Page | undefined {
    const found = kept.findLast((one) => one.after === after && one.log === log);
    return found && (found.isFull || found.page.last === log.head) ? found.page : undefined;
  }

  function keep(one: Kept): void {
    kept.push(one);
    chars += one.page.chars;
    while ((chars > keepChars && kept.length > 1) || kept.length > maxPages)
      chars -= kept.shift()?.page.chars ?? 0;
  }

  async function read(log: EventLog, after: number): Promise<Page | undefined> {
    const events = await log.read(after, batchSize);
    const { head } = log;
    let first: Page | undefined;
    let place = after;
    let size = 0;
    for (const page of inPages(events)) {
      first ??= page;
      keep({ log, after: place, page, isFull: page.last < head });
      place = page.last;
      size += page.chars;
      // More would push out what is read next.
      if (size > keepChars / 2) break;
    }
    return first;
  }

  /** Read once for all who ask meanwhile. */
  function readOnce(log: EventLog, after: number): Promise<Page | undefined> {
    const places = reading.get(log) ?? new Map<number, Promise<Page | undefined>>();
    const begun = places.get(after);
    if (begun) return begun;
    const page = read(log, after).finally(() => {
      places.delete(after);
      if (places.size === 0) reading.delete(log);
    });
    reading.set(log, places.set(after, page));
    return page;
  }

  return {
    async behind(log, after) {
      if (after >= log.head) return undefined;
      const page = find(log, after) ?? (await readOnce(log, after));
      if (page && page.last < log.head) await takeTurn();
      return page;
    },
  };
}

function* inPages(events: readonly LoggedEvent[]): Generator<Page> {
  let part: PageEvent[] = [];
  let chars = 0;
  for (const event of events) {
    const json = JSON.stringify(event);
    const last = part.at(-1);
    if (last && chars + json.length > pageChars) {
      yield { events: part, last: last.id, chars };
      part = [];
      chars = 0;
    }
    part.push({ id: event.id, json });
    chars += json.length;
  }
  const last = part.at(-1);
  if (last) yield { events: part, last: last.id, chars };
}
