// Claude's text as elements. While it is being written only its last block is read and drawn anew, so that what
// stands above keeps still and a selection in it survives. Makes elements only: no HTML string, nothing fetched.
import { Component } from 'preact';
import { block } from './blocks.tsx';
import { mended } from './mended.ts';
import { type Block, type Blocks, blocksOf, noBlocks } from './stable-blocks.ts';

interface Props {
  readonly text: string;
  /** More is to come. */
  readonly open: boolean;
}

export class Markdown extends Component<Props> {
  private blocks: Blocks = noBlocks;

  override shouldComponentUpdate(next: Props): boolean {
    return next.text !== this.props.text || next.open !== this.props.open;
  }

  override render({ text, open }: Props) {
    // A text only grows, so the place of a block is its identity.
    this.blocks = blocksOf(open ? mended(text) : text, this.blocks);
    return (
      <div class="markdown" aria-busy={open}>
        {this.blocks.all.map((each, index) => (
          <DrawnBlock key={index} block={each} />
        ))}
      </div>
    );
  }
}

/** Drawn again only when its own source is another. */
class DrawnBlock extends Component<{ block: Block }> {
  override shouldComponentUpdate(next: { block: Block }): boolean {
    const now = this.props.block;
    return next.block.raw !== now.raw || next.block.definitions !== now.definitions;
  }

  override render(props: { block: Block }) {
    return block(props.block.token);
  }
}
