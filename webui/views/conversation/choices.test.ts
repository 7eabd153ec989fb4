import { expect, it } from 'vitest';
import { modelChip, shortModel, wordsOfMode } from './choices.ts';

it('names a model as people do', () => {
  const ids = [
    'claude-opus-4-5-20251101',
    'claude-opus-5-5',
    'claude-3-5-sonnet-20241022',
    'claude-sonnet-4-20250514[1m]',
    'haiku',
    'my-own/model',
  ];
  expect(ids.map(shortModel)).toEqual([
    'opus 4.5',
    'opus 5.5',
    'sonnet 3.5',
    'sonnet 4[1m]',
    'haiku',
    'my-own/model',
  ]);
});

it('shows the choice as soon as it is made, and its full name once it is known', () => {
  const view = { chosenModel: null, model: null, effort: null };
  const running = 'claude-opus-4-5-20251101';
  const shown = [
    view,
    { ...view, model: running },
    { ...view, model: running, chosenModel: 'haiku' },
    { ...view, model: 'claude-haiku-4-5', chosenModel: 'haiku', effort: 'xhigh' as const },
    { ...view, effort: 'low' as const },
  ];
  expect(shown.map(modelChip)).toEqual([
    'Default',
    'opus 4.5',
    'haiku',
    'haiku 4.5 · extra high',
    'Default · low',
  ]);
});

it('shows a mode that only a newer Claude Code knows by its own name', () => {
  expect(wordsOfMode('newMode')).toEqual({ name: 'newMode', means: '', danger: 'careful' });
});
