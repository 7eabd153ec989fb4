// The part of translation that follows content blocks: live deltas by stream_event, then the whole block by an assistant
// line, which comes before that block's stop. A block is keyed `<message id>:<n>`, a tool call by its own id. Pure.
import type { ConversationDraft } from '../protocol/events.ts';
import { type AssistantLine, type ContentBlock, parseBlock, type StreamEvent } from './cli-lines.ts';

interface OpenBlock {
  readonly index: number;
  readonly key: string;
  readonly kind: 'text' | 'thinking' | 'tool' | 'other';
  readonly finished: boolean;
}

/** The streamed message that is under way, and how many blocks of each message are finished. */
export interface OpenBlocks {
  readonly messageId: string;
  readonly started: readonly OpenBlock[];
  readonly finished: Readonly<Record<string, number>>;
}

export const noBlocks: OpenBlocks = {
  messageId: '',
  started: [],
  finished: {},
};

interface Change {
  readonly blocks: OpenBlocks;
  readonly events: readonly ConversationDraft[];
}

export function translateStream(blocks: OpenBlocks, event: StreamEvent): Change {
  switch (event.type) {
    case 'message_start': {
      // A stream that broke off starts again with a new message: what it had begun will never be finished.
      const { events } = dropOpen(blocks);
      return { blocks: { ...blocks, messageId: event.message.id, started: [] }, events };
    }
    case 'content_block_start': {
      const { type, id, name } = event.content_block;
      const isTool = (type === 'tool_use' || type === 'server_tool_use') && id !== undefined;
      const kind = isTool ? 'tool' : type === 'text' || type === 'thinking' ? type : 'other';
      const key = isTool ? id : `${blocks.messageId}:${event.index}`;
      const started = [...blocks.started, { index: event.index, key, kind, finished: false } as const];
      const events: ConversationDraft[] = isTool
        ? [{ type: 'tool.announced', toolId: key, tool: name ?? 'unknown' }]
        : [];
      return { blocks: { ...blocks, started }, events };
    }
    case 'content_block_delta': {
      const block = blocks.started.find((b) => b.index === event.index);
      const { delta } = event;
      if (block?.kind === 'text' && delta.text)
        return {
          blocks,
          events: [{ type: 'text.delta', blockId: block.key, text: delta.text }],
        };
      if (block?.kind === 'thinking' && delta.thinking)
        return {
          blocks,
          events: [
            {
              type: 'thinking.delta',
              blockId: block.key,
              text: delta.thinking,
            },
          ],
        };
      return { blocks, events: [] };
    }
    case 'content_block_stop':
    case 'message_delta':
    case 'message_stop':
    case 'ping':
      return { blocks, events: [] };
    default:
      return event satisfies never;
  }
}

/** Blocks that were begun and not finished are void: the next try may come whole, without a stream to start. */
export function dropOpen(blocks: OpenBlocks): Change {
  const isOpen = (block: OpenBlock) => !block.finished && block.kind !== 'other';
  return {
    blocks: { ...blocks, started: blocks.started.filter((block) => !isOpen(block)) },
    events: blocks.started.filter(isOpen).map(({ key }) => ({ type: 'block.dropped', blockId: key })),
  };
}

export function translateAssistant(blocks: OpenBlocks, line: AssistantLine): Change {
  const parentToolId = line.parent_tool_use_id ?? undefined;
  // 2.1.197 is silent about a stream that broke off: a message that was never streamed takes its place.
  const isInstead = parentToolId === undefined && line.message.id !== blocks.messageId;
  const dropped = isInstead ? dropOpen(blocks) : { blocks, events: [] };
  const events = [...dropped.events];
  let next = dropped.blocks;
  for (const raw of line.message.content) {
    const block = parseBlock(raw);
    if (!block) {
      events.push({
        type: 'line.kept',
        line: JSON.parse(JSON.stringify(raw ?? null)),
      });
      continue;
    }
    const streamed = parentToolId === undefined && line.message.id === next.messageId;
    const { key, blocks: after } = finish(next, {
      messageId: line.message.id,
      kind: kindOf(block),
      streamed,
    });
    next = after;
    const event = finishedEvent(block, key);
    if (event) events.push(parentToolId === undefined ? event : { ...event, parentToolId });
  }
  return { blocks: next, events };
}

function finishedEvent(block: ContentBlock, blockId: string) {
  switch (block.type) {
    case 'text':
      return { type: 'text.finished', blockId, text: block.text } as const;
    case 'thinking':
      return {
        type: 'thinking.finished',
        blockId,
        text: block.thinking,
      } as const;
    case 'redacted_thinking':
      return undefined;
    case 'tool_use':
    case 'server_tool_use':
      return {
        type: 'tool.started',
        toolId: block.id,
        tool: block.name,
        input: block.input,
      } as const;
    default:
      return block satisfies never;
  }
}

function kindOf(block: ContentBlock): OpenBlock['kind'] {
  if (block.type === 'text' || block.type === 'thinking') return block.type;
  return block.type === 'redacted_thinking' ? 'other' : 'tool';
}

/** The key under which the block was streamed, or one of its own when it never was (subagents, the CLI's own words). */
function finish(
  blocks: OpenBlocks,
  block: { messageId: string; kind: OpenBlock['kind']; streamed: boolean },
): { key: string; blocks: OpenBlocks } {
  const index = block.streamed ? blocks.started.findIndex((b) => !b.finished && b.kind === block.kind) : -1;
  const found = blocks.started[index];
  if (found)
    return {
      key: found.key,
      blocks: {
        ...blocks,
        started: blocks.started.with(index, { ...found, finished: true }),
      },
    };
  const count = blocks.finished[block.messageId] ?? 0;
  const finished = { ...blocks.finished, [block.messageId]: count + 1 };
  return {
    key: `${block.messageId}:whole:${count}`,
    blocks: { ...blocks, finished },
  };
}
