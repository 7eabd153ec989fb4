import { expect, test } from 'vitest';
import { pngOf } from '../../daemon/testing/pictures.ts';
import { hasPlace, withoutPlace } from './without-place.ts';

const text = (words: string) => Buffer.from(words, 'latin1');
function segment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}
const begin = Buffer.from([0xff, 0xd8]);
const end = Buffer.from([0xff, 0xd9]);
const jfif = segment(0xe0, text('JFIF\0\x01\x01\0\0\x01\0\x01\0\0'));
const table = segment(0xdb, Buffer.alloc(65, 1));
const colours = segment(0xe2, text('ICC_PROFILE\0\x01\x01colours'));
/** Stuffed bytes, a restart, a second scan with a table before it. */
const scans = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4]),
  segment(0xc4, Buffer.from([0xff, 0xd9, 9])),
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([5, 6, 7]),
]);

/** EXIF with a place and, unless 0, an orientation; in the byte order of cameras (II) or of phones (MM). */
function exif(order: 'II' | 'MM', orientation: number): Buffer {
  const isLittle = order === 'II';
  const data = Buffer.alloc(200);
  data.write(`Exif\0\0${order}`, 'latin1');
  const view = new DataView(data.buffer, data.byteOffset + 6, 194);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  view.setUint16(8, 2, isLittle);
  const entry = (at: number, tag: number, value: number) => {
    view.setUint16(at, tag, isLittle);
    view.setUint16(at + 2, 3, isLittle);
    view.setUint32(at + 4, 1, isLittle);
    view.setUint16(at + 8, value, isLittle);
  };
  entry(10, 0x8825, 60);
  entry(22, orientation === 0 ? 0x010f : 0x0112, orientation);
  data.write('48.2082 N 16.3738 E', 100, 'latin1');
  return segment(0xe1, data);
}

const tells = (bytes: Uint8Array) => /48\.2082|secret/.test(Buffer.from(bytes).toString('latin1'));

test('of a JPEG the place goes, with all that was hung on behind the end, and the picture stays bit by bit', () => {
  const photo = Buffer.concat([
    ...[begin, jfif, exif('MM', 1), segment(0xe1, text('http://ns.adobe.com/xap/1.0/\0secret')), colours],
    ...[
      segment(0xe2, text('MPF\0secret')),
      segment(0xed, text('Photoshop secret')),
      segment(0xfe, text('secret')),
    ],
    ...[table, scans, end, begin, exif('II', 1), end],
  ]);
  expect(tells(photo)).toBe(true);
  expect(Buffer.from(withoutPlace(photo))).toEqual(Buffer.concat([begin, jfif, colours, table, scans, end]));
});

test.each([
  { order: 'II', orientation: 6 },
  { order: 'MM', orientation: 3 },
] as const)('a JPEG that lies on its side still says so ($order, $orientation)', ({ order, orientation }) => {
  const photo = Buffer.concat([begin, exif(order, orientation), table, scans, end]);
  const without = withoutPlace(photo);
  expect(tells(without)).toBe(false);
  expect([...without.subarray(2, 38)]).toEqual([
    ...[0xff, 0xe1, 0, 34, ...text('Exif\0\0MM'), 0, 42, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  ]);
  expect(Buffer.from(without.subarray(38))).toEqual(Buffer.concat([table, scans, end]));
  expect(withoutPlace(without)).toEqual(without);
});

test('of a PNG and of a WebP the place goes too', () => {
  const chunk = (type: string, data: Buffer) => Buffer.concat([u32(data.length), text(type), data, u32(0)]);
  const u32 = (value: number) =>
    Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((b) => b & 255));
  const png = pngOf({ width: 2, height: 2 });
  const named = [png.subarray(0, 33), chunk('eXIf', text('48.2082')), chunk('tEXt', text('a\0secret'))];
  expect(Buffer.from(withoutPlace(Buffer.concat([...named, png.subarray(33)])))).toEqual(png);

  const part = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(data.length);
    return Buffer.concat([text(type), length, data, Buffer.alloc(data.length % 2)]);
  };
  const webp = (...parts: Buffer[]) => {
    const body = Buffer.concat([text('WEBP'), ...parts]);
    return Buffer.concat([part('RIFF', body)]);
  };
  const picture = part('VP8 ', text('abc'));
  const extended = (flags: number) => part('VP8X', Buffer.from([flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]));
  const full = webp(extended(0x3c), picture, part('EXIF', text('48.2082')), part('XMP ', text('secret')));
  expect(Buffer.from(withoutPlace(full))).toEqual(webp(extended(0x30), picture));
});

test('what is no picture, or a broken one, stays as it is', () => {
  const cut = Buffer.concat([begin, exif('MM', 6)]).subarray(0, 90);
  for (const file of [text('hello'), Buffer.alloc(0), cut, Buffer.concat([begin, text('no JPEG at all')])])
    expect(Buffer.from(withoutPlace(file))).toEqual(file);
  expect([hasPlace(text('hello')), hasPlace(begin), hasPlace(Buffer.concat([begin, jfif]))]).toEqual([
    false,
    false,
    true,
  ]);
});
