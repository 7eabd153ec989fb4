// What a message with files is for Claude: pictures, PDFs and short texts as blocks, anything else by its path, and the words
// last, so that a slash command stays one. Pure.
import type { FileKind } from '../ports/uploads.ts';
import { isShownPicture } from '../protocol/uploads.ts';

/** A file as it lies on the disk; `bytes` only where `isSentWhole` asks for them. */
export type SentFile =
  | {
      readonly name: string;
      readonly kind: FileKind;
      readonly path: string;
      readonly bytes: Uint8Array | undefined;
    }
  /** Gone from the disk. */
  | { readonly name: string; readonly kind: undefined };

/** As the CLI takes it: the words alone where there are no files. */
export function messageContent(text: string, files: readonly SentFile[]): string | readonly object[] {
  if (files.length === 0) return text;
  return [...files.map(blockOf), ...(text === '' ? [] : [{ type: 'text', text }])];
}

function blockOf(file: SentFile): object {
  const name = unmentioned(file.name);
  if (!file.kind) return { type: 'text', text: `Attached file: ${name} (it is no longer on the computer)` };
  const { bytes, kind, path } = file;
  if (!bytes) return { type: 'text', text: `Attached file: ${name} at ${path}` };
  const { mediaType } = kind;
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mediaType === 'text/plain') {
    const source = { type: 'text', media_type: mediaType, data: data.toString('utf8') };
    return { type: 'document', source, title: file.name };
  }
  const source = { type: 'base64', media_type: mediaType, data: data.toString('base64') };
  return isShownPicture(mediaType)
    ? { type: 'image', source }
    : { type: 'document', source, title: file.name };
}

/** The CLI would read a file of the computer for `@path` in a text, and nobody chose the name with that in mind. */
function unmentioned(name: string): string {
  return name.replaceAll('@', '＠');
}
