// One row of the transcript, drawn again only when its own item changed.
import { Component } from 'preact';
import type { Item } from '../../../daemon/protocol/view.ts';
import { ItemView } from './item-view.tsx';
import type { Row } from './rows-of.ts';
import { SetAside } from './set-aside.tsx';
import { ToolRun } from './tool-run.tsx';

interface Props {
  readonly row: Row;
  readonly page: number;
  readonly cwd: string;
  /** The row that the person was brought to. */
  readonly isFound: boolean;
  /** Nothing stands behind it yet. */
  readonly isLast: boolean;
}

export class RowView extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { row, page, cwd, isFound, isLast } = this.props;
    if (row.run.length > 0 && next.isLast !== isLast) return true;
    return next.row !== row || next.page !== page || next.cwd !== cwd || next.isFound !== isFound;
  }

  override render({ row, page, cwd, isFound, isLast }: Props) {
    const { item } = row;
    const classes = [
      'item',
      item.aside ? 'gone-by' : item.kind,
      isNested(item) && 'nested',
      isFound && 'found',
    ];
    return (
      <div class={classes.filter(Boolean).join(' ')} data-key={item.key} data-page={page}>
        {item.aside ? (
          <SetAside rows={row.run.length > 0 ? row.run : [row]} cwd={cwd} isFound={isFound} />
        ) : row.run.length > 0 ? (
          <ToolRun run={row.run} isAtEnd={isLast} cwd={cwd} />
        ) : (
          <ItemView item={item} nested={row.nested} cwd={cwd} />
        )}
      </div>
    );
  }
}

function isNested(item: Item): boolean {
  return 'parentToolId' in item && item.parentToolId !== undefined;
}
