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
  if (/title/i.test(body.system) && /json/i.test(body.system) && body.toolNames.length < 4) {
    return [text(JSON.stringify({ title: 'A scripted title' }))];
  }
  if (asked.includes('[SUGGESTION MODE')) return [text('run the tests')];
  return undefined;
}

/** The answer to `count_tokens`: four bytes a token, near enough for a gauge. */
export const countTokens = (rawBody: string): { readonly input_tokens: number } => ({
  input_tokens: Math.ceil(rawBody.length / 4),
});
