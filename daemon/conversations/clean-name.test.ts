import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName } from './clean-name.ts';

test('a usual name stays as it is', () => {
  for (const name of ['photo.jpg', 'Größe – März.pdf', '.gitignore', 'メモ.txt'])
    expect(cleanName(name)).toBe(name);
});

test('paths, control and direction characters do not survive', () => {
  expect(cleanName('../../etc/passwd')).toBe('..-..-etc-passwd');
  expect(cleanName('..／x')).toBe('..-x');
  expect(cleanName('C:\\a\\b.txt')).toBe('C--a-b.txt');
  expect(cleanName('a\u202egpj.exe')).toBe('agpj.exe');
  expect(cleanName('two\nlines\u0000')).toBe('two lines');
  expect(cleanName('..')).toBe('file');
  expect(cleanName('')).toBe('file');
});

test('a long name is cut in front of its ending', () => {
  expect(cleanName(`${'ä'.repeat(300)}.jpeg`)).toBe(`${'ä'.repeat(125)}.jpeg`);
});

test('whatever comes, it is one short line without folders', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const cleaned = cleanName(name);
      expect(cleaned).toMatch(/^[^/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
      expect(Buffer.byteLength(cleaned)).toBeLessThanOrEqual(255);
      expect(cleanName(cleaned)).toBe(cleaned);
    }),
    { numRuns: 50 },
  );
});
