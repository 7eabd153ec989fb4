// Pictures that tools give back: on disk before the event that names them is logged, under the hash of their content, so that a
// spool read again stores nothing twice. What is no picture to show is left out, whatever the tool called it.
import type { SourcedDraft } from '../ports/claude.ts';
import type { Picture, UploadFiles } from '../ports/uploads.ts';
import type { ConversationDraft, ToolImage } from '../protocol/events.ts';
import { isShownPicture } from '../protocol/uploads.ts';

export async function keepPictures(
  files: UploadFiles,
  conversationId: string,
  drafts: readonly SourcedDraft[],
): Promise<readonly ConversationDraft[]> {
  const kept = new Map<string, ToolImage>();
  for (const { uploadId, base64 } of drafts.flatMap(({ pictures = [] }) => pictures)) {
    const image = kept.has(uploadId) ? undefined : await keep(files, conversationId, { uploadId, base64 });
    if (image) kept.set(uploadId, image);
  }
  return drafts.map(({ pictures: _stored, ...draft }): ConversationDraft => {
    if (draft.type !== 'tool.finished' || !draft.images) return draft;
    const { images, ...rest } = draft;
    const shown = images.flatMap(({ uploadId }) => kept.get(uploadId) ?? []);
    return shown.length > 0 ? { ...rest, images: shown } : rest;
  });
}

async function keep(
  files: UploadFiles,
  conversationId: string,
  { uploadId, base64 }: Picture,
): Promise<ToolImage | undefined> {
  const bytes = Buffer.from(base64, 'base64');
  const { kind } = await files.keep(conversationId, uploadId, bytes, 'Picture');
  if (!kind || !isShownPicture(kind.mediaType)) return undefined;
  const { mediaType, width, height } = kind;
  return { uploadId, mediaType, ...(width && height ? { width, height } : {}) };
}
