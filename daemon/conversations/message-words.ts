// What a message says where there is one line for it: its words, or the names of its files when it has none. Pure.
import type { MessageItem } from '../protocol/view.ts';

export function messageWords({ text, attachments = [] }: Pick<MessageItem, 'text' | 'attachments'>): string {
  return text.trim() === '' ? attachments.map(({ name }) => name).join(', ') : text;
}
