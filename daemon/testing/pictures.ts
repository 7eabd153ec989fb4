// Pictures for tests, made on the spot: PNGs of any size, one colour per picture. Knows nothing of who looks at them.
import { crc32, deflateSync } from 'node:zlib';

/** A PNG of one colour, `alpha` 255 for opaque. */
export function pngOf(options: { width: number; height: number; colour?: string; alpha?: number }): Buffer {
  const { width, height, colour = 'c0501e', alpha = 255 } = options;
  const pixel = Buffer.concat([Buffer.from(colour, 'hex'), Buffer.from([alpha])]);
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => pixel)]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}
