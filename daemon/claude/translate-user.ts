// The part of translation for `user` lines that are not echoes: the results of tools. Pictures in them are named by their hash
// and handed out beside the events. Pure.
import { createHash } from 'node:crypto';
import type { Picture } from '../ports/uploads.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import { parseToolResult, type UserLine } from './cli-lines.ts';
import { withoutData } from './without-data.ts';

type Finished = Extract<ConversationDraft, { type: 'tool.finished' }>;
type Block = { type: string; [field: string]: unknown };

export function translateUser(line: UserLine): {
  events: ConversationDraft[];
  pictures?: readonly Picture[];
} {
  const { content } = line.message;
  if (typeof content === 'string') return { events: [] };
  const results = content.map(parseToolResult).filter((result) => result !== undefined);
  const pictures: Picture[] = [];
  const events = results.map((result): Finished => {
    const detail = results.length === 1 ? slim(line.tool_use_result) : null;
    const blocks = typeof result.content === 'string' ? [] : (result.content ?? []);
    const output = typeof result.content === 'string' ? result.content : blocks.map(blockText).join('\n');
    const shown = blocks.flatMap((block) => pictureOf(block) ?? []);
    pictures.push(...shown.map(({ picture }) => picture));
    return {
      type: 'tool.finished',
      toolId: result.tool_use_id,
      isError: result.is_error ?? false,
      output,
      detail,
      ...(shown.length > 0 ? { images: shown.map(({ image }) => image) } : {}),
    };
  });
  return pictures.length > 0 ? { events, pictures } : { events };
}

function pictureOf({ type, source }: Block) {
  if (type !== 'image' || typeof source !== 'object' || source === null) return undefined;
  const { data, media_type: mediaType } = { data: null, media_type: '', ...source };
  if (typeof data !== 'string' || typeof mediaType !== 'string') return undefined;
  const uploadId = createHash('sha256').update(Buffer.from(data, 'base64')).digest('hex');
  return { image: { uploadId, mediaType }, picture: { uploadId, base64: data } };
}

function blockText(block: Block): string {
  return typeof block['text'] === 'string' ? block['text'] : `[${block.type}]`;
}

/** The structured result without the whole file before the change, which nobody shows and which can be megabytes. */
function slim(detail: unknown): Finished['detail'] {
  if (detail === undefined) return null;
  const json = withoutData(JSON.parse(JSON.stringify(detail)));
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) delete json['originalFile'];
  return json;
}
