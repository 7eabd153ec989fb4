import { expect, test } from 'vitest';
import { pngOf } from '../testing/pictures.ts';
import { pictureSize } from './picture-size.ts';

/** A JPEG's beginning: an EXIF block with this orientation, then the frame header. */
function jpeg(orientation: number): Buffer {
  const exif = Buffer.from(
    '457869660000 4d4d002a00000008 0001 0112 0003 00000001'.replaceAll(' ', ''),
    'hex',
  );
  const segment = Buffer.concat([exif, Buffer.from([0, orientation, 0, 0])]);
  const length = Buffer.from([0, segment.length + 2]);
  const frame = Buffer.from('ffc0001108 0064 00c8 03'.replaceAll(' ', ''), 'hex');
  return Buffer.concat([Buffer.from('ffd8ffe1', 'hex'), length, segment, frame, Buffer.alloc(16)]);
}

test('PNG, GIF, WebP and JPEG tell their size', () => {
  expect(pictureSize(pngOf({ width: 7, height: 5 }))).toEqual({ width: 7, height: 5 });
  expect(pictureSize(Buffer.from('4749463839610300020080', 'hex'))).toEqual({ width: 3, height: 2 });
  expect(
    pictureSize(Buffer.from(`52494646${'00'.repeat(4)}57454250565038580a00000000000000630000310000`, 'hex')),
  ).toEqual({
    width: 100,
    height: 50,
  });
  expect(pictureSize(jpeg(1))).toEqual({ width: 200, height: 100 });
});

test('a photo that lies on its side is told upright', () => {
  expect(pictureSize(jpeg(6))).toEqual({ width: 100, height: 200 });
});

test('what is cut off, or no picture, has no size', () => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('hello'),
    jpeg(1).subarray(0, 20),
    Buffer.from('ffd8ff', 'hex'),
  ])
    expect(pictureSize(bytes)).toBeUndefined();
});
