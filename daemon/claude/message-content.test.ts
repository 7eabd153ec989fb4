import { expect, test } from 'vitest';
import { messageContent } from './message-content.ts';

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
