import { expect, test } from 'vitest';
import { paintFor } from './paint.ts';

const painted = (env: Record<string, string>, isTerminal: boolean) =>
  paintFor({ env, isTerminal })('good', 'well') !== 'well';

test('colours are for terminals, unless the person says otherwise', () => {
  expect([
    painted({}, true),
    painted({}, false),
    painted({ NO_COLOR: '1' }, true),
    painted({ NO_COLOR: '' }, true),
    painted({ FORCE_COLOR: '1' }, false),
    painted({ FORCE_COLOR: '0' }, true),
    painted({ FORCE_COLOR: '1', NO_COLOR: '1' }, true),
    painted({ TERM: 'dumb' }, true),
  ]).toEqual([true, false, false, true, true, false, false, false]);
});
