// A planted fault that fits nowhere any more would prove nothing: each must still find its place in the source.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutants } from './mutants.ts';

test('every planted fault finds the text that it replaces, exactly once', () => {
  const places = Object.entries(mutants).map(([name, { file, from }]) => [
    name,
    readFileSync(file, 'utf8').split(from).length - 1,
  ]);
  expect(places).toEqual(Object.keys(mutants).map((name) => [name, 1]));
});
