// What a file is, told from its content and never from its name. Markup is text: nothing here ever calls a file HTML or SVG.
import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import type { FileKind } from '../ports/uploads.ts';
import { pictureSize } from './picture-size.ts';

/** Enough for every signature, and for the size of a picture behind its metadata. */
const headBytes = 256 * 1024;

export async function kindOfFile(path: string): Promise<FileKind> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    const found = (await fileTypeFromBuffer(head))?.mime;
    const isMarkup = found === undefined || found.startsWith('text/') || found.endsWith('xml');
    if (!isMarkup) return { mediaType: plain(found), ...pictureSize(head) };
    return { mediaType: (await isText(file.createReadStream({ start: 0 }))) ? 'text/plain' : unknown };
  } finally {
    await file.close();
  }
}

const unknown = 'application/octet-stream';

/** Animated PNGs are PNGs to whoever shows them. */
function plain(mime: string): string {
  return mime === 'image/apng' ? 'image/png' : (mime.split(';', 1)[0] ?? unknown);
}

/** Valid UTF-8 without a NUL. */
async function isText(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunks)
      if (decoder.decode(chunk, { stream: true }).includes('\0')) return false;
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
