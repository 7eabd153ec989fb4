import { expect, test } from 'vitest';
import { terminalCommand } from './terminal-command.ts';

test('a path is quoted as soon as a shell could read anything into it', () => {
  const paths = ['/home/ana/lamp', '/home/ana/my lamp', "/it's", '/a$(rm -rf b)'];
  expect(paths.map((path) => terminalCommand(path, 'id'))).toEqual([
    'cd /home/ana/lamp && claude --resume id',
    "cd '/home/ana/my lamp' && claude --resume id",
    String.raw`cd '/it'\''s' && claude --resume id`,
    "cd '/a$(rm -rf b)' && claude --resume id",
  ]);
});
