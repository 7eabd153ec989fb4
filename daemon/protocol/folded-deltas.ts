// Which text deltas a log can do without: all but the first of a block that was finished or dropped since. The first stays, for
// it says where the block stands and when it began; what was finished brings the whole text. Pure; no view at the log's end
// changes by it.
import type { AnyEvent } from './events.ts';

/** Ids of neighbouring deltas, both ends included. */
export interface DeltaRange {
  readonly from: number;
  readonly to: number;
}

/** The first event that this one stands for: itself, unless it stands for deltas that were folded away. */
export function firstIdOf(event: AnyEvent): number {
  const from = event.type === 'deltas.folded' ? event['from'] : event.id;
  return typeof from === 'number' ? from : event.id;
}

export function isDelta({ type }: Pick<AnyEvent, 'type'>): boolean {
  return type === 'text.delta' || type === 'thinking.delta';
}

export interface SuperfluousDeltas {
  /** Fed with the events of a log, or of a part of it, in order. */
  see(event: AnyEvent): void;
  /** Of what was seen so far, in order; alone standing deltas are left, for nothing would be won. */
  ranges(): readonly DeltaRange[];
}

/** What is set aside, ended or lost here keeps the text that it has: deltas before cannot go for something behind. */
const keepsText = new Set([
  'conversation.branched',
  'context.cleared',
  'context.compacted',
  'session.lost',
  'run.started',
  'run.ended',
  'turn.started',
  'turn.finished',
  'turn.interrupted',
]);

export function findSuperfluousDeltas(): SuperfluousDeltas {
  /** By block: its deltas but the first. */
  const open = new Map<string, number[]>();
  const found: number[] = [];
  return {
    see(event) {
      if (keepsText.has(event.type)) open.clear();
      const { blockId } = event;
      if (typeof blockId !== 'string') return;
      if (isDelta(event)) {
        const ids = open.get(blockId);
        if (ids) ids.push(event.id);
        else open.set(blockId, []);
      } else if (isEnd(event)) {
        found.push(...(open.get(blockId) ?? []));
        open.delete(blockId);
      }
    },
    ranges: () => rangesOf(found).filter(({ from, to }) => to > from),
  };
}

/**
 * Takes events of a log in order and gives what stands in its place: the event itself, one for a whole range at the range's
 * end, nothing before. The time and the place in the run's spool are those of the range's last event.
 */
export function foldAway(ranges: readonly DeltaRange[]): (event: AnyEvent) => readonly AnyEvent[] {
  let next = 0;
  let source: unknown;
  return (event) => {
    const range = ranges[next];
    if (!range || event.id < range.from) return [event];
    source = event['source'] ?? source;
    if (event.id < range.to) return [];
    const { id, at } = event;
    const folded = { id, at, type: 'deltas.folded', ...range, ...(source === undefined ? {} : { source }) };
    next += 1;
    source = undefined;
    return [folded];
  };
}

function isEnd({ type }: AnyEvent): boolean {
  return type === 'text.finished' || type === 'thinking.finished' || type === 'block.dropped';
}

function rangesOf(ids: readonly number[]): DeltaRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const id of ids.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === id - 1) last.to = id;
    else ranges.push({ from: id, to: id });
  }
  return ranges;
}
