// Fifty rows, drawn again only when one of them changed; and a row, drawn again only when its own item did.
import { Component } from 'preact';
import type { Item } from '../../../daemon/protocol/view.ts';
import { ItemView } from './item-view.tsx';
import type { Row, RowPage } from './rows-of.ts';

interface PageProps {
  readonly page: RowPage;
  readonly cwd: string;
}

export class PageOfRows extends Component<PageProps> {
  override shouldComponentUpdate(next: PageProps): boolean {
    return next.page !== this.props.page || next.cwd !== this.props.cwd;
  }

  override render({ page, cwd }: PageProps) {
    return page.rows.map((row) => <RowView key={row.item.key} row={row} cwd={cwd} />);
  }
}

interface RowProps {
  readonly row: Row;
  readonly cwd: string;
}

class RowView extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return next.row !== this.props.row || next.cwd !== this.props.cwd;
  }

  override render({ row, cwd }: RowProps) {
    const { item } = row;
    return (
      <div class={`item ${item.kind}${isNested(item) ? ' nested' : ''}`} data-key={item.key}>
        <ItemView item={item} nested={row.nested} cwd={cwd} />
      </div>
    );
  }
}

function isNested(item: Item): boolean {
  return 'parentToolId' in item && item.parentToolId !== undefined;
}
