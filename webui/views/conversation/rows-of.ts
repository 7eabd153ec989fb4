// Arranges a view's items for drawing: what a subagent does goes under the tool call that started it. Pure; rows and pages
// that did not change keep their identity, so that only what changed is drawn again.
import type { ConversationView, Item } from '../../../daemon/protocol/view.ts';

export interface Row {
  readonly item: Item;
  /** What the subagent of this tool call said and did, in order. */
  readonly nested: readonly Item[];
}

export interface RowPage {
  readonly number: number;
  readonly rows: readonly Row[];
}

export function rowPages(
  view: Pick<ConversationView, 'pages' | 'dropped'>,
  before: readonly RowPage[] = [],
): readonly RowPage[] {
  const nested = nestedByRoot(view.pages.flat());
  const isNested = (item: Item) => rootOf.has(item.key);
  const rootOf = new Map([...nested].flatMap(([root, items]) => items.map((item) => [item.key, root])));
  const earlier = new Map(before.map((page) => [page.number, page]));
  return view.pages.map((items, index) => {
    const number = view.dropped + index;
    const old = earlier.get(number);
    const oldRows = new Map(old?.rows.map((row) => [row.item.key, row]));
    const rows = items
      .filter((item) => !isNested(item))
      .map((item) => sameRow(oldRows.get(item.key), { item, nested: nested.get(item.key) ?? none }));
    return old && sameList(old.rows, rows) ? old : { number, rows };
  });
}

const none: readonly Item[] = [];

/** Top-level tool call → all that happened below it. What has its root in a page that is not held stays where it is. */
function nestedByRoot(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const parents = new Map<string, string | undefined>();
  const nested = new Map<string, Item[]>();
  for (const item of items) {
    const parent = parentOf(item);
    const root = parent === undefined || !parents.has(parent) ? undefined : (parents.get(parent) ?? parent);
    if (item.kind === 'tool') parents.set(item.key, root);
    if (root !== undefined) nested.set(root, [...(nested.get(root) ?? []), item]);
  }
  return nested;
}

function parentOf(item: Item): string | undefined {
  return 'parentToolId' in item ? item.parentToolId : undefined;
}

function sameRow(old: Row | undefined, row: Row): Row {
  return old && old.item === row.item && sameList(old.nested, row.nested) ? old : row;
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
