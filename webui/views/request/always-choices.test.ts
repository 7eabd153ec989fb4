import { expect, it } from 'vitest';
import { alwaysChoices } from './always-choices.ts';

const rule = {
  type: 'addRules',
  rules: [{ toolName: 'Bash', ruleContent: 'touch a.txt' }],
  behavior: 'allow',
  destination: 'localSettings',
};

it('offers a rule word for word: for the project, with the session, and for the session alone', () => {
  const forSession = { ...rule, destination: 'session' };
  const told = { title: 'Always allow', exact: ['Bash(touch a.txt)'], isMode: false };
  expect(alwaysChoices([rule])).toEqual([
    { ...told, kept: 'This project, only you', permissions: [rule, forSession] },
    { ...told, kept: 'This session only', permissions: [forSession] },
  ]);
});

it('offers a mode and a folder as they were suggested', () => {
  const mode = { type: 'setMode', mode: 'acceptEdits', destination: 'session' };
  const folder = { type: 'addDirectories', directories: ['/srv/data'], destination: 'session' };
  expect(alwaysChoices([mode, folder]).map(({ title, exact, kept }) => [title, exact, kept])).toEqual([
    ['Accept edits without asking', [], 'This session only'],
    ['Work in this folder too', ['/srv/data'], 'This session only'],
  ]);
});

it.each([
  ['a rule that denies', { ...rule, behavior: 'deny' }],
  ['a rule without a tool', { ...rule, rules: [{}] }],
  ['no rule', { ...rule, rules: [] }],
  ['a place that it does not know', { ...rule, destination: 'moonSettings' }],
  ['a kind that it does not know', { ...rule, type: 'addMagic' }],
  ['a mode that it does not know', { type: 'setMode', mode: 'wild', destination: 'session' }],
  ['something else', 'always'],
])('does not offer %s', (_, suggestion) => {
  expect(alwaysChoices([suggestion])).toEqual([]);
});

it('names a rule for a whole tool by the tool', () => {
  const whole = { ...rule, rules: [{ toolName: 'WebSearch' }], destination: 'userSettings' };
  expect(alwaysChoices([whole])[0]).toMatchObject({ exact: ['WebSearch'], kept: 'All your projects' });
});
