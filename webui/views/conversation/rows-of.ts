// Arranges items for drawing: what a subagent does goes under the tool call that started it, and tool calls in a row are
// one run. Pure; rows and pages that did not change keep their identity, so that only what changed is drawn again.
import type { ConversationView, Item } from '../../../daemon/protocol/view.ts';
import { gathered } from './groups.ts';

export interface Row {
  readonly item: Item;
  /** What the subagent of this tool call said and did, in order. */
  readonly nested: readonly Item[];
  /** This and all that belong to the same run of tool calls; none when it stands alone. A run ends with its page. */
  readonly run: readonly Row[];
}

/** A page that is here: its items, and the rows they make. */
export interface RowPage {
  readonly number: number;
  readonly items: readonly Item[];
  readonly rows: readonly Row[];
}

type Pages = ReadonlyMap<number, readonly Item[]>;

/** The rows of all pages that are here, in order: the followed tail, and `older` pages before it. */
export function rowPages(
  view: Pick<ConversationView, 'pages' | 'dropped'>,
  older: Pages,
  before: readonly RowPage[] = [],
): readonly RowPage[] {
  const numbers = [...older.keys()].filter((number) => number < view.dropped).sort((a, b) => a - b);
  const held = [
    ...numbers.map((number) => ({ number, items: older.get(number) ?? none })),
    ...view.pages.map((items, index) => ({ number: view.dropped + index, items })),
  ];
  const nested = nestedByRoot(held.map(({ items }) => items));
  const moved = new Set([...nested.values()].flat());
  const earlier = new Map(before.map((page) => [page.number, page]));
  return held.map(({ number, items }) => {
    const old = earlier.get(number);
    if (old && old.items === items && nested.size === 0 && !hadNested.has(old)) return old;
    const oldRows = new Map(old?.rows.map((row) => [row.item.key, row]));
    const oldRuns = new Map(old?.rows.flatMap((row) => row.run.map((each) => [each.item.key, each])));
    const single = items
      .filter((item) => !moved.has(item))
      .map((item) =>
        sameRow(oldRuns.get(item.key) ?? oldRows.get(item.key), {
          ...{ item, nested: nested.get(item.key) ?? none, run: alone },
        }),
      );
    const rows = gathered(single).flatMap((run) => asRow(run, oldRows));
    const page = old && sameList(old.rows, rows) ? old : { number, items, rows };
    if (nested.size > 0) hadNested.add(page);
    return page;
  });
}

const none: readonly Item[] = [];
const alone: readonly Row[] = [];

function asRow(run: readonly Row[], old: ReadonlyMap<string, Row>): Row[] {
  const [first] = run;
  if (!first || run.length === 1) return [...run];
  return [sameRow(old.get(first.item.key), { item: first.item, nested: first.nested, run })];
}

/** Whether the item is drawn in this row. */
export function isInRow(row: Row, key: string): boolean {
  return (
    row.item.key === key ||
    row.nested.some((item) => item.key === key) ||
    row.run.some((each) => isInRow(each, key))
  );
}

/** Top-level tool call → all that happened below it. What has its root in a page that is not here stays where it is. */
function nestedByRoot(pages: readonly (readonly Item[])[]): ReadonlyMap<string, readonly Item[]> {
  const nested = new Map<string, Item[]>();
  if (!pages.some(hasNested)) return nested;
  const parents = new Map<string, string | undefined>();
  for (const item of pages.flat()) {
    const parent = parentOf(item);
    const root = parent === undefined || !parents.has(parent) ? undefined : (parents.get(parent) ?? parent);
    if (item.kind === 'tool') parents.set(item.key, root);
    if (root === undefined) continue;
    const below = nested.get(root);
    if (below) below.push(item);
    else nested.set(root, [item]);
  }
  return nested;
}

/** Pages that were arranged while something was nested: they must be looked at again when nothing is. */
const hadNested = new WeakSet<RowPage>();
const known = new WeakMap<readonly Item[], boolean>();

function hasNested(items: readonly Item[]): boolean {
  const before = known.get(items);
  if (before !== undefined) return before;
  const has = items.some((item) => parentOf(item) !== undefined);
  known.set(items, has);
  return has;
}

function parentOf(item: Item): string | undefined {
  return 'parentToolId' in item ? item.parentToolId : undefined;
}

function sameRow(old: Row | undefined, row: Row): Row {
  const isSame =
    old && old.item === row.item && sameList(old.nested, row.nested) && sameList(old.run, row.run);
  return isSame ? old : row;
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
