// What `porchlight logs` makes of a line.
import { expect, test } from 'vitest';
import { parseLogLine, sinceMs, wordsOfEntry } from './log-lines.ts';

const plain = (_style: string, text: string) => text;
const line = (fields: object) => JSON.stringify({ level: 30, time: '2026-11-21T22:50:12.345Z', ...fields });
const words = (fields: object) => {
  const entry = parseLogLine(line(fields));
  return entry && wordsOfEntry(entry, plain);
};

test('an entry reads as time, level, message, facts; an error has its stack below', () => {
  expect(words({ msg: 'ready', port: 47000 })).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d:12 info {2}ready port=47000$/,
  );
  expect(words({ level: 50, msg: 'a bug', err: { stack: 'Error: x\n  at y' } })).toMatch(
    /error a bug\n {4}Error: x\n {6}at y$/,
  );
});

test('a cut line is none, and what others have written cannot move the cursor', () => {
  expect(parseLogLine('{"level":30,"ti')).toBeUndefined();
  expect(words({ msg: 'a\u001b[2Jb\rc' })).toContain('a�[2Jb�c');
});

test('since is how long ago, or a time', () => {
  expect(sinceMs('10m', 1e9)).toBe(1e9 - 600_000);
  expect(sinceMs('2026-11-21T22:50:00Z', 0)).toBe(Date.parse('2026-11-21T22:50:00Z'));
  expect(sinceMs('2026-11-21', 0)).toBe(new Date(2026, 10, 21).getTime());
  expect([sinceMs('soon', 0), sinceMs('2026-99-99', 0), sinceMs('10', 0)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
