import { expect, it } from 'vitest';
import type { CatalogModel } from '../../../daemon/protocol/catalog.ts';
import { modelChip, offeredEfforts, offeredModels, shortModel, wordsOfMode } from './choices.ts';

const entry = (value: string, more: Partial<CatalogModel> = {}): CatalogModel => ({
  ...{ value, name: value, description: '', resolved: null, efforts: [] },
  ...more,
});
const models = [
  entry('default', { name: 'Default (recommended)', resolved: 'claude-opus-5-5', efforts: ['low', 'max'] }),
  entry('fable', { name: 'Fable', description: 'For the hardest', resolved: 'claude-fable-5-2' }),
];

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
    { ...view, model: 'haiku', chosenModel: 'haiku' },
    { ...view, model: 'claude-haiku-4-5', chosenModel: 'haiku', effort: 'xhigh' as const },
    { ...view, effort: 'low' as const },
  ];
  expect(shown.map((each) => modelChip(each, []))).toEqual([
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

it('names what a choice stands for before Claude Code has started, once it has told its models', () => {
  const view = { chosenModel: null, model: null, effort: null };
  const shown = [view, { ...view, chosenModel: 'fable' }, { ...view, chosenModel: 'my-own' }];
  expect(shown.map((each) => modelChip(each, models))).toEqual(['opus 5.5', 'fable 5.2', 'my-own']);
});

it('offers the models and efforts that Claude Code tells, and its own list until then', () => {
  expect([offeredModels(models), offeredModels([])[0]?.name]).toEqual([
    [
      { value: null, name: 'Default (recommended)', means: '' },
      { value: 'fable', name: 'Fable', means: 'For the hardest' },
    ],
    'Default',
  ]);
  const efforts = (chosenModel: string | null, effort: 'high' | null = null) =>
    offeredEfforts(models, { chosenModel, effort }).map(({ value }) => value);
  expect([efforts(null), efforts('fable'), efforts('fable', 'high'), efforts('my-own').length]).toEqual([
    [null, 'low', 'max'],
    [null],
    [null, 'high'],
    6,
  ]);
});
