// How a file comes to the computer: announced, then sent piece by piece behind what is there already, so that a broken
// connection costs one piece. The wire's shapes only; the rules are in daemon/conversations/uploads.ts.
import * as z from 'zod/mini';
import { Id } from './command-parts.ts';
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

/** What every browser shows and what cannot hold a script; anything else is a file to keep. */
export function isShownPicture(mediaType: string): boolean {
  return ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(mediaType);
}
