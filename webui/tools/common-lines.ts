// Finds which lines of two texts are the same: a longest common subsequence, exact for what people write by hand.
// Where the differing middle is too large for that, it is taken to have nothing in common.

type Pair = readonly [oldIndex: number, newIndex: number];

// The table has this many cells at most: about 10 ms on a slow phone.
const mostCells = 250_000;

/** Pairs of indices of equal lines, rising in both. */
export function commonLines(old: readonly string[], now: readonly string[]): Pair[] {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const middle = ofMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return [
    ...Array.from({ length: start }, (_, index): Pair => [index, index]),
    ...middle.map(([o, n]): Pair => [o + start, n + start]),
    ...Array.from({ length: end }, (_, index): Pair => [old.length - end + index, now.length - end + index]),
  ];
}

function ofMiddle(old: readonly string[], now: readonly string[]): Pair[] {
  const width = now.length + 1;
  if (old.length * now.length > mostCells) return [];
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (o: number, n: number) => lengths[o * width + n] ?? 0;
  for (let o = old.length - 1; o >= 0; o -= 1) {
    for (let n = now.length - 1; n >= 0; n -= 1) {
      lengths[o * width + n] =
        old[o] === now[n] ? at(o + 1, n + 1) + 1 : Math.max(at(o + 1, n), at(o, n + 1));
    }
  }
  const pairs: Pair[] = [];
  let [o, n] = [0, 0];
  while (o < old.length && n < now.length) {
    if (old[o] === now[n]) pairs.push([o++, n++]);
    else if (at(o + 1, n) >= at(o, n + 1)) o += 1;
    else n += 1;
  }
  return pairs;
}
