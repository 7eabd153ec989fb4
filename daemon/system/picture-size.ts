// Width and height of a PNG, GIF, WebP or JPEG as it is shown, from its first bytes. Pure; knows only these four, and says
// nothing of a file whose header does not reach that far.

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export function pictureSize(head: Buffer): PictureSize | undefined {
  try {
    if (head.subarray(1, 4).toString('latin1') === 'PNG')
      return sized(head.readUInt32BE(16), head.readUInt32BE(20));
    if (head.subarray(0, 4).toString('latin1') === 'GIF8')
      return sized(head.readUInt16LE(6), head.readUInt16LE(8));
    if (head.subarray(8, 12).toString('latin1') === 'WEBP') return webpSize(head);
    return head.readUInt16BE(0) === 0xffd8 ? jpegSize(head) : undefined;
  } catch (error) {
    // Cut off or no picture at all: a header that points behind its end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function sized(width: number, height: number): PictureSize | undefined {
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** Three kinds of WebP: lossy, lossless, extended. */
function webpSize(head: Buffer): PictureSize | undefined {
  switch (head.subarray(12, 16).toString('latin1')) {
    case 'VP8 ':
      return sized(head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return sized(head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1);
    default:
      return undefined;
  }
}

/** Segment by segment up to the frame header; a camera's picture may lie on its side. */
function jpegSize(head: Buffer): PictureSize | undefined {
  let isTurned = false;
  for (let at = 2; head.readUInt8(at) === 0xff; ) {
    const marker = head.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const [height, width] = [head.readUInt16BE(at + 5), head.readUInt16BE(at + 7)];
      return isTurned ? sized(height, width) : sized(width, height);
    }
    if (marker === 0xe1) isTurned ||= orientation(head.subarray(at + 4)) >= 5;
    at += 2 + head.readUInt16BE(at + 2);
  }
  return undefined;
}

/** The EXIF orientation, 1 to 8; from 5 on the picture is turned by a quarter. */
function orientation(segment: Buffer): number {
  if (segment.subarray(0, 4).toString('latin1') !== 'Exif') return 1;
  const tiff = segment.subarray(6);
  const isLittle = tiff.subarray(0, 2).toString('latin1') === 'II';
  const read16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < read16(first); entry++) {
    const at = first + 2 + entry * 12;
    if (read16(at) === 0x0112) return read16(at + 8);
  }
  return 1;
}
