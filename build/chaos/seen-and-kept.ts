// Is what a client saw still in the log, as it saw it? Deltas may have been folded away since, once their block was finished, and a
// power cut may have brought them back; nothing else may change. Pure.
import { firstIdOf, isDelta } from '../../daemon/protocol/folded-deltas.ts';
import type { SeenEvent } from './journal.ts';
import { canonical } from './read-log.ts';

/** The first difference in words. */
export function unlikeSeen(
  log: string,
  seen: readonly SeenEvent[],
  events: readonly SeenEvent[],
): string | undefined {
  for (const event of seen) {
    const now = covering(events, event.id);
    if (!now) return `event ${event.id} of ${log} (${event.type}) was shown, but is not in the log`;
    if (canonical(now) === canonical(event)) continue;
    const problem = wronglyFolded(event, now, events);
    if (problem !== undefined)
      return `event ${event.id} of ${log} was shown as ${canonical(event)}, but is ${canonical(now)}${problem}`;
  }
  return undefined;
}

/** Empty when nothing more is to be said than that they differ. */
function wronglyFolded(event: SeenEvent, now: SeenEvent, events: readonly SeenEvent[]): string | undefined {
  const stoodFor = isFolded(event)
    ? events.slice(indexOf(events, firstIdOf(event)), indexOf(events, event.id) + 1)
    : [event];
  const mayGo = stoodFor.every((one) => isFolded(one) || isDelta(one));
  if (!mayGo || !(isFolded(event) || isFolded(now))) return '';
  if (offsetOf(now) < offsetOf(event)) return ', which forgets how far the run was in the log';
  const open = stoodFor.find((one) => isDelta(one) && !isEnded(String(one['blockId']), one.id, events));
  return open && `, although ${open['blockId']} is not finished`;
}

function isFolded({ type }: SeenEvent): boolean {
  return type === 'deltas.folded';
}

/** By log: where each block was finished or dropped last. Asked for every delta that anybody ever saw, after every kill. */
const ends = new WeakMap<readonly SeenEvent[], ReadonlyMap<string, number>>();

function isEnded(blockId: string, after: number, events: readonly SeenEvent[]): boolean {
  const found = ends.get(events) ?? endsIn(events);
  ends.set(events, found);
  return (found.get(blockId) ?? 0) > after;
}

function endsIn(events: readonly SeenEvent[]): ReadonlyMap<string, number> {
  const types = ['text.finished', 'thinking.finished', 'block.dropped'];
  const found = events.filter(({ type }) => types.includes(type));
  return new Map(found.map((event) => [String(event['blockId']), event.id]));
}

function offsetOf(event: SeenEvent): number {
  return (event['source'] as { offset: number } | undefined)?.offset ?? 0;
}

function covering(events: readonly SeenEvent[], id: number): SeenEvent | undefined {
  const found = events[indexOf(events, id)];
  return found && firstIdOf(found) <= id ? found : undefined;
}

/** Of the first event that does not end before `id`. By halves: there are thousands, looked for after every kill. */
function indexOf(events: readonly SeenEvent[], id: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.id ?? 0) >= id) high = middle;
    else low = middle + 1;
  }
  return low;
}
