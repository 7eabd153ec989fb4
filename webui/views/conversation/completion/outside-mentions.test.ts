import { expect, test } from 'vitest';
import { innerMentions, outsideMentions, outsideWarning } from './outside-mentions.ts';

const cwd = '/home/ana/project';

test.each([
  ['@/etc/hostname', ['/etc/hostname']],
  ['read @/etc/hostname, then @../x and @~/y.', ['/etc/hostname', '../x', '~/y']],
  ['@"/etc/my file"', ['/etc/my file']],
  ['@src/../../other/a', ['src/../../other/a']],
  ['@/home/ana/project-two/a', ['/home/ana/project-two/a']],
  ['twice @/etc/x @/etc/x', ['/etc/x']],
  ['@..', ['..']],
  ['@/home/ana/project/src/a.ts', []],
  ['@src/a.ts @"my dir/b" @./c @a/../b', []],
  ['ana@/etc/x', []],
  ['mail ana@example.org', []],
  ['no mention of /etc/x', []],
  ['@', []],
])('%s names outside the project: %j', (text, paths) => {
  expect(outsideMentions(text, cwd)).toEqual(paths);
});

test('the warning names each and says what happens', () => {
  expect([
    outsideWarning('@/etc/hostname', cwd),
    outsideWarning('@/a @../b @~/c', cwd),
    outsideWarning('@src/a', cwd),
  ]).toEqual([
    '@/etc/hostname is outside this project. Claude will read it without asking.',
    '@/a, @../b and @~/c are outside this project. Claude will read them without asking.',
    undefined,
  ]);
});

test('what only the computer can tell is asked of it, and warned of when it says so', () => {
  const text = 'see @link/secret, @src/a.ts and @/etc/x, @src/a.ts again @';
  expect(innerMentions(text, cwd)).toEqual(['link/secret', 'src/a.ts']);
  expect(outsideMentions(text, cwd, new Set(['link/secret']))).toEqual(['link/secret', '/etc/x']);
  expect(outsideWarning('@link/secret', cwd, new Set(['link/secret']))).toBe(
    '@link/secret is outside this project. Claude will read it without asking.',
  );
});
