import { expect, test } from 'vitest';
import type { ToolItem } from '../protocol/view.ts';
import { touchedFiles } from './touched-files.ts';

const tool = (key: string, input: unknown): ToolItem => ({
  ...{ kind: 'tool', key, at: 0, tool: 'Edit', input, state: 'done', output: '', detail: null, endedAt: 0 },
});

test('files that tools were about come once, the latest first; what lies outside is left out', () => {
  const pages = [
    [tool('1', { file_path: '/project/a.ts' }), tool('2', { file_path: '/project/src/b.ts' })],
    [
      tool('3', { notebook_path: '/project/c.ipynb' }),
      tool('4', { file_path: '/project/a.ts' }),
      tool('5', { file_path: '/etc/hosts' }),
      tool('6', { file_path: '/project-two/d.ts' }),
      tool('7', { command: 'ls' }),
      tool('8', null),
    ],
  ];
  expect(touchedFiles({ cwd: '/project', pages })).toEqual(['a.ts', 'c.ipynb', 'src/b.ts']);
});
