import { expect, it } from 'vitest';
import { ClientId, Id } from '../daemon/protocol/command-parts.ts';
import { newClientId } from './client-id.ts';

it('gives ids that the daemon takes, in the order of their making, also when the clock stands or goes back', () => {
  const times = [1_790_000_000_000, ...Array<number>(5000).fill(1_790_000_000_001), 1_780_000_000_000];
  const ids = times.map((time) => newClientId(time));

  expect(ids.filter((id) => !Id.safeParse(id).success || !ClientId.safeParse(id).success)).toEqual([]);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
