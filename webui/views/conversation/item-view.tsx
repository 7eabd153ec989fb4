// One item of the transcript, each kind by its own view.
import type { ComponentChild } from 'preact';
import type { Item } from '../../../daemon/protocol/view.ts';
import { Markdown } from '../../markdown/markdown.tsx';
import { ToolCall } from '../../tools/tool-call.tsx';
import { MarkLine } from './mark-line.tsx';
import { Message } from './message.tsx';
import { NoticeLine } from './notice-line.tsx';
import { Receipt } from './receipt.tsx';
import { Thinking } from './thinking.tsx';
import { UnknownLine } from './unknown-line.tsx';

interface Props {
  readonly item: Item;
  readonly nested: readonly Item[];
  readonly cwd: string;
}

export function ItemView({ item, nested, cwd }: Props) {
  switch (item.kind) {
    case 'message':
      return <Message message={item} />;
    case 'text':
      return <Markdown text={item.text} open={item.open} />;
    case 'thinking':
      return <Thinking item={item} />;
    case 'tool': {
      const renderItem = (inner: Item): ComponentChild => <ItemView item={inner} nested={[]} cwd={cwd} />;
      return <ToolCall item={item} nested={nested} cwd={cwd} renderItem={renderItem} />;
    }
    case 'receipt':
      return <Receipt receipt={item} cwd={cwd} />;
    case 'notice':
      return <NoticeLine notice={item} />;
    case 'mark':
      return <MarkLine mark={item} />;
    case 'unknown':
      return <UnknownLine item={item} />;
    default:
      return item satisfies never;
  }
}
