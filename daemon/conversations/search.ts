// Finds words in what was said and done in a conversation, newest first, in pieces small enough that nobody waits for it.
// Pure but for the pauses between the pieces.
import type { ConversationView, Item } from '../protocol/view.ts';
import { pause } from './pause.ts';

export interface Hit {
  readonly key: string;
  readonly page: number;
  readonly at: number;
  readonly kind: 'message' | 'text' | 'tool';
  /** The words found and a little of what stands around them, on one line. */
  readonly excerpt: string;
}

export interface Found {
  /** In the order of the conversation; one for each item that has the words, however often. */
  readonly hits: readonly Hit[];
  /** There are older ones that are not told. */
  readonly more: boolean;
}

const atMost = 200;
/** Characters looked through at a stretch: about 2 ms. */
const stretch = 500_000;
const around = 40;

/** Capital letters count as small ones. */
export async function searchView(
  { pages, dropped }: Pick<ConversationView, 'pages' | 'dropped'>,
  text: string,
  limit = atMost,
): Promise<Found> {
  const pattern = new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
  const hits: Hit[] = [];
  let looked = 0;
  for (let index = pages.length - 1; index >= 0; index--) {
    for (const item of pages[index]?.toReversed() ?? []) {
      const excerpt = textsOf(item).reduce<string | undefined>((found, words) => {
        looked += words.length;
        return found ?? excerptOf(words, pattern);
      }, undefined);
      const { key, at, kind } = item;
      if (excerpt !== undefined && isSearched(kind)) {
        if (hits.length === limit) return { hits: hits.toReversed(), more: true };
        hits.push({ key, page: dropped + index, at, kind, excerpt });
      }
      if (looked < stretch) continue;
      looked = 0;
      await pause();
    }
  }
  return { hits: hits.toReversed(), more: false };
}

function isSearched(kind: Item['kind']): kind is Hit['kind'] {
  return kind === 'message' || kind === 'text' || kind === 'tool';
}

function textsOf(item: Item): readonly string[] {
  if (item.kind === 'message') return [item.text, ...(item.attachments ?? []).map(({ name }) => name)];
  if (item.kind === 'text') return [item.text];
  return item.kind === 'tool' ? [item.tool, ...stringsIn(item.input), item.output] : [];
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function excerptOf(text: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const start = Math.max(0, match.index - around);
  const end = Math.min(text.length, match.index + match[0].length + around);
  const words = text.slice(start, end).replaceAll(/\s+/g, ' ').trim();
  return `${start > 0 ? '…' : ''}${words}${end < text.length ? '…' : ''}`;
}
