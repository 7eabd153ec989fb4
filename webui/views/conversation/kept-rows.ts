// Rows that must not be taken away although they are out of sight: what the person opened, selected or has the focus in
// would be lost with them.

export interface KeptRows {
  has(key: string): boolean;
  dispose(): void;
}

export function keepRows(content: HTMLElement): KeptRows {
  const opened = new Set<string>();
  let held: ReadonlySet<string> = new Set();

  const rowOf = (node: Node | null) =>
    (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-key]') ?? undefined;

  function clicked(event: MouseEvent): void {
    const button =
      event.target instanceof Element ? event.target.closest('[aria-expanded], .show-all') : null;
    const key = button && rowOf(button)?.dataset['key'];
    if (key) opened.add(key);
  }

  function look(): void {
    const selection = document.getSelection();
    const rows: (HTMLElement | undefined)[] = [rowOf(document.activeElement)];
    if (selection && !selection.isCollapsed && selection.containsNode(content, true)) {
      for (const row of content.querySelectorAll<HTMLElement>('[data-key]'))
        if (selection.containsNode(row, true)) rows.push(row);
    }
    const keys = rows.flatMap((row) => (row && content.contains(row) ? [row.dataset['key'] ?? ''] : []));
    // A selection that is being drawn out only grows by rows in sight; those that left the page stay in it.
    held = selection?.isCollapsed === false ? new Set([...held, ...keys]) : new Set(keys);
  }

  content.addEventListener('click', clicked);
  content.addEventListener('focusin', look);
  document.addEventListener('selectionchange', look);
  return {
    has: (key) => opened.has(key) || held.has(key),
    dispose() {
      content.removeEventListener('click', clicked);
      content.removeEventListener('focusin', look);
      document.removeEventListener('selectionchange', look);
    },
  };
}
