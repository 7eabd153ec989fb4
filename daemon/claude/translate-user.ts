// The part of translation for `user` lines that are not echoes: the results of tools. Pure.
import type { ConversationDraft } from '../protocol/events.ts';
import { parseToolResult, type UserLine } from './cli-lines.ts';

type Finished = Extract<ConversationDraft, { type: 'tool.finished' }>;

export function translateUser(line: UserLine): ConversationDraft[] {
  const { content } = line.message;
  if (typeof content === 'string') return [];
  const results = content.map(parseToolResult).filter((result) => result !== undefined);
  return results.map((result): Finished => {
    const detail = results.length === 1 ? slim(line.tool_use_result) : null;
    const output =
      typeof result.content === 'string' ? result.content : (result.content ?? []).map(blockText).join('\n');
    return {
      type: 'tool.finished',
      toolId: result.tool_use_id,
      isError: result.is_error ?? false,
      output,
      detail,
    };
  });
}

function blockText(block: { type: string; [field: string]: unknown }): string {
  return typeof block['text'] === 'string' ? block['text'] : `[${block.type}]`;
}

/** The structured result without the whole file before the change, which nobody shows and which can be megabytes. */
function slim(detail: unknown): Finished['detail'] {
  if (detail === undefined) return null;
  const json = JSON.parse(JSON.stringify(detail));
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) delete json.originalFile;
  return json;
}
