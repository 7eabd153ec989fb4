// A file of a message as it is drawn, wherever it lies: on this device still, or on the computer. Pure.
import type { Attachment } from '../../../../daemon/protocol/events.ts';
import { isShownPicture } from '../../../../daemon/protocol/uploads.ts';
import type { OutboxEntry } from '../../../outbox-entries.ts';
import type { LocalFile } from '../../../uploads/stored-file.ts';

export interface ShownFile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Where it is on the computer; undefined before it was announced there. */
  readonly uploadId: string | undefined;
  /** What it is, while this device has it. */
  readonly blob: Blob | undefined;
}

export function isPicture({ mediaType }: Pick<ShownFile, 'mediaType'>): boolean {
  return isShownPicture(mediaType);
}

/** `local`: what this device still has is not fetched back. */
export function shownAttachments(
  attachments: readonly Attachment[],
  local: readonly LocalFile[],
): readonly ShownFile[] {
  return attachments.map((attachment) => {
    const blob = local.find(({ uploadId }) => uploadId === attachment.uploadId)?.blob;
    return { ...attachment, key: attachment.uploadId, blob };
  });
}

export function shownOf(
  { fileIds = [] }: Pick<OutboxEntry, 'fileIds'>,
  local: readonly LocalFile[],
): readonly ShownFile[] {
  return fileIds.flatMap((fileId) => local.filter((file) => file.fileId === fileId).map(shownLocal));
}

export function shownLocal(file: LocalFile): ShownFile {
  const { fileId: key, name, size, mediaType, width, height, uploadId, blob } = file;
  return { key, name, size, mediaType, width, height, uploadId, blob };
}

/** What a message says in one line when it has no words. */
export function namesOf(files: readonly { readonly name: string }[]): string {
  return files.map(({ name }) => name).join(', ');
}
