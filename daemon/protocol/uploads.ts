// How a file comes to the computer: announced, then sent piece by piece behind what is there already, so that a broken
// connection costs one piece. The wire's shapes only; the rules are in daemon/conversations/uploads.ts.
import * as z from 'zod/mini';
import { Id } from './command-parts.ts';
import { maxAttachments } from './commands.ts';
import { Attachment } from './events.ts';

/** `HEAD` of an upload says how many of its bytes are there, `PATCH` adds some behind exactly so many. */
export const offsetHeader = 'Upload-Offset';
export const lengthHeader = 'Upload-Length';

export const announceUpload = {
  path: '/api/uploads',
  input: z.object({
    conversationId: Id,
    name: z.string().check(z.maxLength(4096)),
    /** Bytes; the upload is complete when so many are there. */
    size: z.int().check(z.gte(0)),
  }),
  result: z.object({ uploadId: z.string() }),
};

/** What `PATCH` answers: how many bytes are there now, and when they are all there, what they are. */
export const UploadProgress = z.object({ offset: z.int(), attachment: z.optional(Attachment) });
export type UploadProgress = z.infer<typeof UploadProgress>;

export function pathOfUpload({ conversationId, uploadId }: UploadPlace): string {
  return `${announceUpload.path}/${conversationId}/${uploadId}`;
}

export interface UploadPlace {
  readonly conversationId: string;
  readonly uploadId: string;
}

const maxPicture = 16 * 2 ** 20;
const maxPdf = 10 * 2 ** 20;
const maxText = 256 * 1024;
/** Of one message, in bytes: the API takes 32 MB a request, as base64, with all that was said before. */
export const maxSentWhole = 20 * 2 ** 20;

/** Whether Claude gets the file itself; of other files it gets the path. */
export function isSentWhole({ mediaType, size }: { mediaType: string; size: number }): boolean {
  if (isShownPicture(mediaType)) return size <= maxPicture;
  return (
    (mediaType === 'application/pdf' && size <= maxPdf) || (mediaType === 'text/plain' && size <= maxText)
  );
}

/** What is wrong with these files as those of one message, for a person; undefined when nothing is. */
export function messageFilesTrouble(
  files: readonly { mediaType: string; size: number }[],
): string | undefined {
  if (files.length > maxAttachments)
    return `One message takes up to ${maxAttachments} files, and these are ${files.length}. Take some out, or send them in two.`;
  const total = files.filter(isSentWhole).reduce((sum, { size }) => sum + size, 0);
  if (total <= maxSentWhole) return undefined;
  const mebibytes = Math.ceil((total / 2 ** 20) * 10) / 10;
  return `Claude takes up to ${maxSentWhole / 2 ** 20} MiB in one message, and these are ${mebibytes} MiB. Take some out, or send them in two.`;
}

/** What every browser shows and what cannot hold a script; anything else is a file to keep. */
export function isShownPicture(mediaType: string): boolean {
  return ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(mediaType);
}
