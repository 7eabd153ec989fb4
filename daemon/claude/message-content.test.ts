import { expect, test } from 'vitest';
import { isSentWhole, messageContent } from './message-content.ts';

const path = '/uploads/1';
const bytes = Buffer.from('hello');

test('words alone stay words', () => {
  expect(messageContent('/context', [])).toBe('/context');
});

test('the words are the last block, and none is made of no words', () => {
  const file = { name: 'a.txt', kind: { mediaType: 'text/plain' }, path, bytes };
  const document = {
    type: 'document',
    source: { type: 'text', media_type: 'text/plain', data: 'hello' },
    title: 'a.txt',
  };
  expect(messageContent('/greet', [file])).toEqual([document, { type: 'text', text: '/greet' }]);
  expect(messageContent('', [file])).toEqual([document]);
});

test('a name cannot make the CLI read a file of the computer', () => {
  const file = { name: 'x @etc.txt', kind: { mediaType: 'application/zip' }, path, bytes: undefined };
  expect(messageContent('', [file])).toEqual([
    { type: 'text', text: 'Attached file: x ＠etc.txt at /uploads/1' },
  ]);
});

test('what is large, or nothing that Claude sees, goes by its path', () => {
  const whole = (mediaType: string, size: number) => isSentWhole({ mediaType }, size);
  expect([whole('text/plain', 256 * 1024), whole('text/plain', 256 * 1024 + 1)]).toEqual([true, false]);
  expect([whole('application/pdf', 1e7), whole('application/pdf', 2e7)]).toEqual([true, false]);
  expect([whole('image/webp', 1e6), whole('image/heic', 10), whole('application/zip', 10)]).toEqual([
    true,
    false,
    false,
  ]);
});
