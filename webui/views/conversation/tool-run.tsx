// The tool calls between two texts: a few as they are, many as one line that opens to them. A run in which a call is open
// stays open, so that nothing folds away under the eyes of who reads it.
import { ChevronRight, Layers } from 'lucide';
import { Component } from 'preact';
import { openedOf } from '../../opened.ts';
import { Icon } from '../../tools/icon.tsx';
import { failedIn, runWords, shownOfClosed } from './groups.ts';
import { ItemView } from './item-view.tsx';
import type { Row } from './rows-of.ts';

interface Props {
  readonly run: readonly Row[];
  /** Nothing stands behind it yet. */
  readonly isAtEnd: boolean;
  readonly cwd: string;
}

export function ToolRun({ run, isAtEnd, cwd }: Props) {
  const chosen = openedOf(`run:${run[0]?.item.key}`);
  const inside = run.map(({ item }) => openedOf(item.key));
  const isOpen = chosen.value || inside.some((each) => each.value);
  const closed = shownOfClosed(run, isAtEnd);
  const shown = isOpen ? run : closed;
  const toggle = () => {
    chosen.value = !isOpen;
    if (isOpen) for (const each of inside) each.value = false;
  };
  return (
    <div class="tool-run">
      {closed !== run && (
        <Summary run={isOpen ? run : hidden(run, closed)} isOpen={isOpen} onToggle={toggle} />
      )}
      <div class={closed !== run && isOpen ? 'run-rows' : undefined}>
        {shown.map((row) => (
          <RunRow key={row.item.key} row={row} cwd={cwd} />
        ))}
      </div>
    </div>
  );
}

function Summary(props: { run: readonly Row[]; isOpen: boolean; onToggle: () => void }) {
  const items = props.run.map(({ item }) => item);
  const failed = failedIn(items);
  return (
    <button type="button" class="run-line" aria-expanded={props.isOpen} onClick={props.onToggle}>
      <Icon of={Layers} />
      <span class="counts">{runWords(items)}</span>
      {failed > 0 && <span class="failed">{failed} failed</span>}
      <span class="opener">
        <Icon of={ChevronRight} />
      </span>
    </button>
  );
}

function hidden(run: readonly Row[], shown: readonly Row[]): readonly Row[] {
  return run.filter((row) => !shown.includes(row));
}

/** Drawn again only when its own item is another. */
class RunRow extends Component<{ row: Row; cwd: string }> {
  override shouldComponentUpdate(next: { row: Row; cwd: string }): boolean {
    return next.row !== this.props.row || next.cwd !== this.props.cwd;
  }

  override render({ row, cwd }: { row: Row; cwd: string }) {
    return (
      <div class={`run-row ${row.item.kind}`}>
        <ItemView item={row.item} nested={row.nested} cwd={cwd} />
      </div>
    );
  }
}
