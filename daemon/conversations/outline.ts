// What the person said in a conversation, one line each, and on which page it stands: the way through a long conversation.
// Pure.
import type { ConversationView } from '../protocol/view.ts';
import { messageWords } from './message-words.ts';

export interface Prompt {
  readonly key: string;
  readonly page: number;
  readonly at: number;
  /** The first line with words, cut. */
  readonly text: string;
}

const longest = 160;

export function outlineOf({ pages, dropped }: Pick<ConversationView, 'pages' | 'dropped'>): Prompt[] {
  return pages.flatMap((items, index) =>
    items.flatMap((item) =>
      item.kind === 'message'
        ? [{ key: item.key, page: dropped + index, at: item.at, text: firstLine(messageWords(item)) }]
        : [],
    ),
  );
}

function firstLine(text: string): string {
  const [line = ''] = text.trimStart().split('\n', 1);
  return line.length <= longest ? line.trimEnd() : `${line.slice(0, longest - 1).trimEnd()}…`;
}
