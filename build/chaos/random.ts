// Chance that can be repeated: every choice of a run follows from its seed. Pure.
import { numbersFrom } from './reply.mjs';

export interface Random {
  /** From 0 to under 1. */
  next(): number;
  /** A whole number from `from` to `to`, both possible. */
  between(from: number, to: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T | undefined;
  /** One of the names, each as often as its number says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** A chance of its own for a part, so that one part's choices do not move another's. */
  part(name: string): Random;
}

export function createRandom(seed: string): Random {
  const next = numbersFrom(seed);
  const random: Random = {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)],
    weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
      const names = Object.keys(weights) as K[];
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0);
      const found = names.find((name) => {
        left -= weights[name];
        return left < 0;
      });
      return found ?? (names[0] as K);
    },
    part: (name) => createRandom(`${seed}/${name}`),
  };
  return random;
}
