// Takes out of a picture's file what says where, when and with what it was made (EXIF, XMP, IPTC and what cameras hang on behind
// the end), and leaves the picture itself as it is, bit by bit. Of a JPEG its orientation stays, for without it it would lie on its
// side. Pure; a file that is not what it seems comes back unchanged.

const jpeg = { end: 0xd9, scan: 0xda, app0: 0xe0, app1: 0xe1, app2: 0xe2, app14: 0xee, app15: 0xef };
const comment = 0xfe;
/** What a PNG needs to look the same; the others are words, times and EXIF. */
const pngKept = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
);
const webpDropped = new Set(['EXIF', 'XMP ']);
/** In the first byte of a WebP's `VP8X`: that there is EXIF, and XMP. */
const webpFlags = 0x08 | 0x04;

/** Whether a file that begins with these 12 bytes can tell anything of the kind. */
export function hasPlace(start: Uint8Array): boolean {
  return kindOf(start) !== undefined;
}

export function withoutPlace(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(bytes);
  const kind = kindOf(file);
  const parts = kind && readers[kind](file, new DataView(file.buffer));
  return parts ? joined(parts) : file;
}

const readers = { jpeg: jpegParts, png: pngParts, webp: webpParts };

function kindOf(file: Uint8Array): keyof typeof readers | undefined {
  if (word(file, 0, 3) === '\xff\xd8\xff') return 'jpeg';
  if (word(file, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  return word(file, 0) === 'RIFF' && word(file, 8) === 'WEBP' ? 'webp' : undefined;
}

function jpegParts(file: Uint8Array, view: DataView): Uint8Array[] | undefined {
  const parts = [file.subarray(0, 2)];
  let orientation = 1;
  for (let at = 2; at + 4 <= file.length; ) {
    if (file[at] !== 0xff) return undefined;
    const marker = file[at + 1] ?? 0;
    // Any number of these may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > file.length) return undefined;
    const segment = file.subarray(at, end);
    if (marker === jpeg.scan) {
      if (orientation !== 1) parts.splice(afterApp0(parts), 0, orientationOnly(orientation));
      return [...parts, file.subarray(at, endOfPicture(file, view, end))];
    }
    if (marker === jpeg.app1) orientation = orientationIn(segment) ?? orientation;
    else if (isJpegKept(marker, segment)) parts.push(segment);
    at = end;
  }
  return undefined;
}

function isJpegKept(marker: number, segment: Uint8Array): boolean {
  if (marker === comment) return false;
  if (marker < jpeg.app0 || marker > jpeg.app15) return true;
  // Colours; other second segments point at more pictures behind the end.
  if (marker === jpeg.app2) return word(segment, 4, 12) === 'ICC_PROFILE\0';
  return marker === jpeg.app0 || marker === jpeg.app14;
}

function afterApp0(parts: readonly Uint8Array[]): number {
  return parts[1]?.[1] === jpeg.app0 ? 2 : 1;
}

/** Behind the end marker lie previews, films and depths, each with its own EXIF. Other scans and tables may come before it. */
function endOfPicture(file: Uint8Array, view: DataView, from: number): number {
  for (let at = from; at + 1 < file.length; ) {
    const marker = file[at] === 0xff ? (file[at + 1] ?? 0) : 0;
    if (marker === jpeg.end) return at + 2;
    const isData = marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd7);
    if (isData || at + 4 > file.length) at += 1;
    else at += 2 + view.getUint16(at + 2);
  }
  return file.length;
}

/** 1 to 8, as EXIF counts; undefined when it says nothing. */
function orientationIn(segment: Uint8Array): number | undefined {
  if (word(segment, 4, 6) !== 'Exif\0\0' || segment.length < 20) return undefined;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 10, segment.length - 10);
  const isLittle = word(segment, 10, 2) === 'II';
  const first = tiff.getUint32(4, isLittle);
  if (first + 2 > tiff.byteLength) return undefined;
  for (let index = 0; index < tiff.getUint16(first, isLittle); index++) {
    const entry = first + 2 + index * 12;
    if (entry + 12 > tiff.byteLength) return undefined;
    if (tiff.getUint16(entry, isLittle) !== 0x0112) continue;
    const found = tiff.getUint16(entry + 8, isLittle);
    return found >= 1 && found <= 8 ? found : undefined;
  }
  return undefined;
}

/** EXIF with this one entry and nothing else. */
function orientationOnly(orientation: number): Uint8Array {
  const head = [0xff, jpeg.app1, 0, 34, ...letters('Exif\0\0MM'), 0, 42, 0, 0, 0, 8, 0, 1];
  return Uint8Array.from([...head, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
}

function pngParts(file: Uint8Array, view: DataView): Uint8Array[] | undefined {
  const parts = [file.subarray(0, 8)];
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > file.length) return undefined;
    const type = word(file, at + 4);
    if (pngKept.has(type)) parts.push(file.subarray(at, end));
    if (type === 'IEND') return parts;
    at = end;
  }
  return undefined;
}

function webpParts(file: Uint8Array, view: DataView): Uint8Array[] | undefined {
  const parts = [file.slice(0, 12)];
  const whole = Math.min(file.length, 8 + view.getUint32(4, true));
  for (let at = 12; at + 8 <= whole; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (end > file.length) return undefined;
    const type = word(file, at);
    const chunk = file.slice(at, end);
    if (type === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~webpFlags;
    if (!webpDropped.has(type)) parts.push(chunk);
    at = end;
  }
  const size = parts.reduce((sum, { length }) => sum + length, 0) - 8;
  if (parts[0]) new DataView(parts[0].buffer).setUint32(4, size, true);
  return parts;
}

function word(file: Uint8Array, at: number, length = 4): string {
  return String.fromCharCode(...file.subarray(at, at + length));
}

function letters(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
