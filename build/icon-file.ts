// Packs square pictures into a Windows .ico. Bitmaps, not PNGs, because the tray of Windows is only sure to read those.

/** A rendered square. `rgba` is premultiplied, top row first. */
export interface Picture {
  readonly size: number;
  readonly png: Uint8Array;
  readonly rgba: Uint8Array;
}

const directoryEntry = 16;

export function iconFile(pictures: readonly Picture[]): Uint8Array {
  const header = Buffer.alloc(6 + directoryEntry * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  const bitmaps = pictures.map(bitmap);
  let offset = header.length;
  for (const [index, { size }] of pictures.entries()) {
    const length = bitmaps[index]?.length ?? 0;
    const entry = 6 + directoryEntry * index;
    header.writeUInt8(size, entry);
    header.writeUInt8(size, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += length;
  }
  return Buffer.concat([header, ...bitmaps]);
}

/** BITMAPINFOHEADER, then BGRA rows from the bottom up, then a mask of zeros, which the alpha channel makes idle. */
function bitmap({ size, rgba }: Picture): Buffer {
  const maskRow = Math.ceil(size / 32) * 4;
  const out = Buffer.alloc(40 + size * size * 4 + size * maskRow);
  out.writeUInt32LE(40, 0);
  out.writeInt32LE(size, 4);
  out.writeInt32LE(size * 2, 8);
  out.writeUInt16LE(1, 12);
  out.writeUInt16LE(32, 14);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = ((size - 1 - y) * size + x) * 4;
      const alpha = rgba[from + 3] ?? 0;
      const straight = (channel: number) =>
        alpha === 0 ? 0 : Math.min(255, Math.round(((rgba[from + channel] ?? 0) * 255) / alpha));
      out.set([straight(2), straight(1), straight(0), alpha], 40 + (y * size + x) * 4);
    }
  }
  return out;
}
