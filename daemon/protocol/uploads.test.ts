import { expect, test } from 'vitest';
import { isSentWhole, messageFilesTrouble } from './uploads.ts';

test('what is large, or nothing that Claude sees, goes by its path', () => {
  const whole = (mediaType: string, size: number) => isSentWhole({ mediaType, size });
  expect([whole('text/plain', 256 * 1024), whole('text/plain', 256 * 1024 + 1)]).toEqual([true, false]);
  expect([whole('application/pdf', 1e7), whole('application/pdf', 2e7)]).toEqual([true, false]);
  expect([whole('image/webp', 1e6), whole('image/heic', 10), whole('application/zip', 10)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('so many files, and so much of what Claude is given whole, go with one message', () => {
  const photo = { mediaType: 'image/png', size: 2 ** 20 };
  const film = { mediaType: 'video/mp4', size: 500 * 2 ** 20 };
  const photos = Array.from({ length: 20 }, () => photo);
  expect(messageFilesTrouble([])).toBeUndefined();
  expect(messageFilesTrouble(photos)).toBeUndefined();
  expect(messageFilesTrouble([...photos.slice(1), film])).toBeUndefined();
  expect(messageFilesTrouble([...photos, film])).toMatch(
    /^One message takes up to 20 files, and these are 21\./,
  );
  const larger = { ...photo, size: photo.size + 1 };
  expect(messageFilesTrouble([...photos.slice(1), larger])).toBe(
    'Claude takes up to 20 MiB in one message, and these are 20.1 MiB. Take some out, or send them in two.',
  );
});
