// What a tool call's line and its body are given. Types only.
import type { ComponentChildren } from 'preact';
import type { Item, ToolItem } from '../../daemon/protocol/view.ts';

export interface ToolCallProps {
  readonly item: ToolItem;
  /** What a subagent did that this call started, in order; empty for other tools. */
  readonly nested: readonly Item[];
  /** The conversation's folder: paths in it are told without it. */
  readonly cwd: string;
  readonly renderItem: (item: Item) => ComponentChildren;
}
