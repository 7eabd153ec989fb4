import { describe, expect, it } from 'vitest';
import { completions, type Folder, folderToBrowse, grouped, isPath, matching } from './folder-choice.ts';

const folder = (path: string, usedAt = 0): Folder => ({
  path,
  name: path.slice(path.lastIndexOf('/') + 1),
  isProject: true,
  usedAt,
});
const names = (folders: readonly Folder[]) => folders.map(({ name }) => name);

describe('what is typed', () => {
  it.each([
    ['~', '~'],
    ['~/', '~'],
    ['~/co', '~'],
    ['~/code/po', '~/code'],
    ['/', '/'],
    ['/srv', '/'],
    ['/srv/', '/srv'],
  ])('%s is completed from the folders in %s', (typed, parent) => {
    expect(isPath(typed)).toBe(true);
    expect(folderToBrowse(typed)).toBe(parent);
  });

  it('completes by the beginning of a name, and shows hidden folders only to whoever types the dot', () => {
    const children = [folder('/h/code'), folder('/h/Contacts'), folder('/h/.config'), folder('/h/work')];
    expect(names(completions('~/co', children))).toEqual(['code', 'Contacts']);
    expect(names(completions('~', children))).toEqual(['code', 'Contacts', 'work']);
    expect(names(completions('~/.', children))).toEqual(['.config']);
  });

  it('filters by all words, in any order', () => {
    const all = [folder('/h/code/porchlight'), folder('/h/code/lighthouse'), folder('/h/notes')];
    expect(names(matching('light code', all))).toEqual(['porchlight', 'lighthouse']);
    expect(names(matching('', all))).toHaveLength(3);
  });
});

it('offers what was used before first, newest on top', () => {
  const { recent, others } = grouped([folder('/b'), folder('/old', 1), folder('/a'), folder('/new', 2)]);
  expect([names(recent), names(others)]).toEqual([
    ['new', 'old'],
    ['a', 'b'],
  ]);
});
