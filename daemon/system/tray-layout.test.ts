import { expect, test } from 'vitest';
import type { TrayItem, TrayView } from '../ports.ts';
import { layoutFor, menuText, slotsFor } from './tray-layout.ts';

const item = (id: string): TrayItem => ({ id, title: id, enabled: true });
const view = (...items: TrayView['items']): TrayView => ({ state: 'idle', tooltip: '', items });

function visible(of: TrayView, layout = layoutFor(of)) {
  return slotsFor(of, layout)?.flatMap((slot) => (slot === 'separator' ? '--' : (slot.item?.id ?? [])));
}

test('a view fits the layout made for it, with its lines where it has them', () => {
  expect(visible(view(item('a'), item('b'), 'separator', item('c')))).toEqual(['a', 'b', '--', 'c']);
});

test('lines that part nothing are left out', () => {
  expect(visible(view('separator', item('a'), 'separator', 'separator', item('b'), 'separator'))).toEqual([
    'a',
    '--',
    'b',
  ]);
});

test('a block may grow by eight rows and shrink to one in the same layout', () => {
  const layout = layoutFor(view(item('a'), 'separator', item('q')));
  const grown = Array.from({ length: 9 }, (_, index) => item(`${index}`));
  expect([
    visible(view(...grown, 'separator', item('q')), layout),
    visible(view(item('z'), 'separator', item('q')), layout),
  ]).toEqual([
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '--', 'q'],
    ['z', '--', 'q'],
  ]);
});

test('another number of blocks, or a block of too many rows, needs another layout', () => {
  const layout = layoutFor(view(item('a'), 'separator', item('q')));
  const tooMany = Array.from({ length: 10 }, (_, index) => item(`${index}`));
  expect([
    slotsFor(view(item('a')), layout),
    slotsFor(view(...tooMany, 'separator', item('q')), layout),
  ]).toEqual([undefined, undefined]);
});

test('a title is one line in which underline marks are letters', () => {
  expect([
    menuText(' my_file.ts\n & more ', 'linux'),
    menuText('my_file.ts & more', 'win32'),
    menuText('my_file.ts & more', 'darwin'),
    menuText('<SEPARATOR>', 'darwin'),
  ]).toEqual(['my__file.ts & more', 'my_file.ts && more', 'my_file.ts & more', '< SEPARATOR >']);
});
