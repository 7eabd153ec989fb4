import { expect, test } from 'vitest';
import { atRest, kept, zoomed } from './zoom.ts';

test('what lies under the fingers stays under them', () => {
  expect(zoomed(atRest, 2, { x: 100, y: -50 })).toEqual({ scale: 2, x: -100, y: 50 });
});

test('it is never smaller than the screen, and not endlessly large', () => {
  expect(zoomed({ scale: 1.2, x: 9, y: 9 }, 0.5, { x: 0, y: 0 })).toEqual(atRest);
  expect(zoomed(atRest, 100, { x: 0, y: 0 }).scale).toBe(6);
});

test('it is not moved past its edge', () => {
  expect(kept({ scale: 3, x: 999, y: -999 }, { width: 300, height: 600 })).toEqual({
    scale: 3,
    x: 300,
    y: -600,
  });
});
