// What the CLI asks for its own use: is the key good, a title, a summary, a count. Answered apart, so that
// scripts see only the person's conversation. It must stay narrow: a prompt mistaken for one loses its script.
import { type MessagesBody, textOf } from './messages.ts';
import { type Reply, text } from './replies.ts';

/** The reply to a side request, or undefined for a request that belongs to the conversation. */
export function sideReply(body: MessagesBody): Reply | undefined {
  const newest = body.messages.findLast((message) => message.role === 'user');
  const asked = newest === undefined ? '' : textOf(newest);
  if (body.maxTokens === 1) return [text('#')];
  if (
    /CRITICAL: Respond with TEXT ONLY|create a detailed summary of (?:the|this) conversation/i.test(asked)
  ) {
    return [
      text('<analysis>Short.</analysis>\n\n<summary>\n1. Primary Request: trying things out.\n</summary>'),
    ];
  }
  if (/title/i.test(body.system) && body.toolNames.length === 0) {
    return [text(JSON.stringify({ title: titleFor(asked) }))];
  }
  if (asked.includes('[SUGGESTION MODE')) return [text('run the tests')];
  return undefined;
}

/** The person's first words; the CLI wraps them in `<session>` (2.1.329). */
function titleFor(asked: string): string {
  const session = /<session>([\s\S]*?)<\/session>/.exec(asked)?.[1] ?? asked;
  const words = session
    .replace(/\[\[|\]\]/g, '')
    .trim()
    .split(/\s+/)
    .slice(0, 5)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The answer to `count_tokens`: four bytes a token, near enough for a gauge. */
export const countTokens = (rawBody: string): { readonly input_tokens: number } => ({
  input_tokens: Math.ceil(rawBody.length / 4),
});
