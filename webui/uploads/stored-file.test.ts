import { expect, test } from 'vitest';
import { draftFiles, type LocalFile, localFrom, storedAs, storedFrom } from './stored-file.ts';

const file = (fileId: string, more: Partial<LocalFile> = {}): LocalFile => ({
  ...localFrom({ fileId, conversationId: 'c', name: fileId, mediaType: '', size: 1, isPrepared: true }),
  ...more,
});

test('a draft has the files of its conversation that no message has taken', () => {
  const files = [
    file('mine'),
    file('elsewhere', { conversationId: 'd' }),
    file('leaving', { isTaken: true }),
    file('in the outbox'),
  ];
  const shown = draftFiles(files, 'c', new Set(['in the outbox']));
  expect(shown.map(({ fileId }) => fileId)).toEqual(['mine']);
});

test('a file that is on the computer already needs no sending', () => {
  const attachment = { uploadId: 'u', name: 'a.png', mediaType: 'image/png', size: 9, width: 3, height: 2 };
  const stored = storedAs(attachment, { fileId: 'f', conversationId: 'c' });
  expect(localFrom(stored).state).toEqual({ kind: 'there' });
  expect(storedFrom(localFrom(stored))).toEqual(stored);
});
