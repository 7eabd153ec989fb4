import { expect, it } from 'vitest';
import { sendsWith } from './sends-with.ts';

const enter = {
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 13,
};

it.each([
  ['Enter on a keyboard', enter, true, true],
  ['Enter on glass', enter, false, false],
  ['Shift+Enter', { ...enter, shiftKey: true }, true, false],
  ['Ctrl+Enter on glass', { ...enter, ctrlKey: true }, false, true],
  ['Enter that ends a composition', { ...enter, isComposing: true }, true, false],
  ['the same in Safari', { ...enter, keyCode: 229 }, true, false],
  ['another key', { ...enter, key: 'a' }, true, false],
])('%s', (_name, press, hasKeyboard, sends) => {
  expect(sendsWith(press, hasKeyboard)).toBe(sends);
});
