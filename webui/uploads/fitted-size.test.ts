import { expect, test } from 'vitest';
import { fittedSize, renamed } from './fitted-size.ts';

test('a picture keeps its shape, and no side is longer than Claude looks at', () => {
  expect(fittedSize({ width: 4032, height: 3024 })).toEqual({ width: 1568, height: 1176 });
  expect(fittedSize({ width: 3024, height: 4032 })).toEqual({ width: 1176, height: 1568 });
  expect(fittedSize({ width: 20_000, height: 3 })).toEqual({ width: 1568, height: 1 });
});

test('a small one is not made larger', () => {
  expect(fittedSize({ width: 1568, height: 10 })).toEqual({ width: 1568, height: 10 });
});

test('the name ends as what the picture became', () => {
  expect(renamed('IMG_0042.HEIC', 'image/jpeg')).toBe('IMG_0042.jpg');
  expect(renamed('photo.JPEG', 'image/jpeg')).toBe('photo.JPEG');
  expect(renamed('screen', 'image/png')).toBe('screen.png');
  expect(renamed('a.b.webp', 'image/png')).toBe('a.b.png');
});
