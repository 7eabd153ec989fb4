// The pictures that `renderIcons` ships: all there, of the right size, and readable as what they claim to be.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderIcons } from './icons.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-icons-'));
  await renderIcons({ from: join(import.meta.dirname, '../assets'), to: folder });
});
afterAll(() => rm(folder, { recursive: true }));

test('every PNG has the size its place asks for', async () => {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.png')).sort();
  const sizes = await Promise.all(
    files.map(async (file) => [file, widthOf(await readFile(join(folder, file)))]),
  );
  expect(sizes).toEqual([
    ['app/apple-touch-icon.png', 180],
    ['app/favicon-32.png', 32],
    ['app/icon-192.png', 192],
    ['app/icon-512.png', 512],
    ['app/icon-maskable-512.png', 512],
    ['tray/error.png', 48],
    ['tray/idle.png', 48],
    ['tray/needs-you.png', 48],
    ['tray/paused.png', 48],
    ['tray/template/error.png', 48],
    ['tray/template/idle.png', 48],
    ['tray/template/needs-you.png', 48],
    ['tray/template/paused.png', 48],
    ['tray/template/working.png', 48],
    ['tray/working.png', 48],
  ]);
});

test('bare pixels are alpha first: the middle of the lit glass is amber, and a corner is clear', async () => {
  const pixels = await readFile(join(folder, 'tray/working-48.argb'));
  const at = (x: number, y: number) => [...pixels.subarray(4 * (48 * y + x), 4 * (48 * y + x) + 4)];
  expect({ length: pixels.length, glass: at(19, 24), corner: at(0, 0) }).toEqual({
    length: 48 * 48 * 4,
    glass: [255, 0xf5, 0xa5, 0x24],
    corner: [0, 0, 0, 0],
  });
});

test('an .ico holds 16, 24 and 32 px bitmaps that end where the file ends', async () => {
  const ico = await readFile(join(folder, 'tray/working.ico'));
  const entries = [0, 1, 2].map((index) => ({
    size: ico.readUInt8(6 + 16 * index),
    length: ico.readUInt32LE(14 + 16 * index),
    offset: ico.readUInt32LE(18 + 16 * index),
  }));
  expect({ entries, end: ico.length }).toEqual({
    entries: [
      { size: 16, length: 1128, offset: 54 },
      { size: 24, length: 2440, offset: 1182 },
      { size: 32, length: 4264, offset: 3622 },
    ],
    end: 7886,
  });
});

function widthOf(png: Buffer): number {
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  return png.readUInt32BE(16);
}
