import { expect, test } from 'vitest';
import type { Catalog } from '../protocol/catalog.ts';
import { createCatalogs, parseCatalog } from './catalog.ts';
import { learnCatalog } from './learned-catalog.ts';

const answer = {
  commands: [
    { name: 'help', description: 'Terminal help', builtin: true },
    { name: '__hidden', description: '', builtin: true },
    { name: 'deep-research', description: 'Researches', argumentHint: '', builtin: true },
    {
      name: 'clear',
      description: 'Clears',
      argumentHint: '[name]',
      aliases: ['reset', 'new'],
      builtin: true,
    },
    { name: 'compact', description: 'Sums up', builtin: true },
    { name: 'greet', description: 'Greet somebody (project)', argumentHint: '<name>' },
    { description: 'has no name' },
  ],
  models: [
    {
      ...{ value: 'default', displayName: 'Default (recommended)', description: 'Opus' },
      ...{ resolvedModel: 'claude-opus-5-5', supportedEffortLevels: ['low', 'ultra', 'max'] },
    },
    { value: 'tiny' },
    'nonsense',
  ],
  agents: [{ name: 'Explore', description: 'Looks around', model: 'haiku' }],
  account: { email: 'somebody' },
};

test('the own commands come first, then those wanted most; what is for a terminal is left out', () => {
  expect(parseCatalog(answer)?.commands).toEqual([
    { name: 'greet', description: 'Greet somebody (project)', argumentHint: '<name>', aliases: [] },
    { name: 'compact', description: 'Sums up', argumentHint: '', aliases: [] },
    { name: 'clear', description: 'Clears', argumentHint: '[name]', aliases: ['reset', 'new'] },
    { name: 'deep-research', description: 'Researches', argumentHint: '', aliases: [] },
  ]);
});

test('models and agents are told with what is known of them, and nothing of the account', () => {
  const { models, agents, ...rest } = parseCatalog(answer) ?? {};
  expect({ models, agents, rest: Object.keys(rest) }).toEqual({
    models: [
      {
        ...{ value: 'default', name: 'Default (recommended)', description: 'Opus' },
        ...{ resolved: 'claude-opus-5-5', efforts: ['low', 'max'] },
      },
      { value: 'tiny', name: 'tiny', description: '', resolved: null, efforts: [] },
    ],
    agents: [{ name: 'Explore', description: 'Looks around' }],
    rest: ['commands'],
  });
});

test('what is no such answer is no catalog', () => {
  expect([parseCatalog(undefined), parseCatalog('no'), parseCatalog({ commands: 'many' })]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a trusted folder and the same one untrusted have catalogs of their own', () => {
  const catalogs = createCatalogs();
  const catalog: Catalog = { commands: [], models: [], agents: [] };
  catalogs.set('/project', true, catalog);
  expect([catalogs.get('/project', true), catalogs.get('/project', false)]).toEqual([catalog, undefined]);
});

test('a run is asked once, and its changes are told', async () => {
  let asked = 0;
  const learned: string[][] = [];
  const catalog = learnCatalog({
    request: async () => {
      asked += 1;
      return answer;
    },
    learned: ({ commands }) => learned.push(commands.map(({ name }) => name)),
  });
  await Promise.all([catalog.get(), catalog.get()]);
  catalog.changed([{ name: 'toast', description: 'New' }]);
  const names = (await catalog.get()).commands.map(({ name }) => name);
  expect({ asked, names, learned }).toEqual({
    asked: 1,
    names: ['toast'],
    learned: [['greet', 'compact', 'clear', 'deep-research'], ['toast']],
  });
});

test('a run that refused is asked again by whoever wants to know next', async () => {
  let isReady = false;
  const catalog = learnCatalog({
    request: async () => (isReady ? answer : undefined),
    learned: () => {},
  });
  await expect(catalog.get()).rejects.toThrow('did not say');
  isReady = true;
  expect((await catalog.get()).agents).toHaveLength(1);
});
