// The files of a message, read from the disk at the moment it goes to Claude.
import type { UploadFiles } from '../ports/uploads.ts';
import type { Attachment } from '../protocol/events.ts';
import { isSentWhole } from '../protocol/uploads.ts';
import type { SentFile } from './message-content.ts';

export function readFiles(
  attachments: readonly Attachment[],
  uploadFiles: UploadFiles,
  conversationId: string,
): Promise<readonly SentFile[]> {
  return Promise.all(
    attachments.map(async ({ uploadId, name }): Promise<SentFile> => {
      const found = await uploadFiles.find(conversationId, uploadId);
      if (!found) return { name, kind: undefined };
      const { kind, size } = found.record;
      const bytes = isSentWhole({ mediaType: kind.mediaType, size }) ? await found.bytes() : undefined;
      return { name, kind, path: found.path, bytes };
    }),
  );
}
