// Six digits as two groups of three, the way people read them out. Pure.

export function digitGroups(digits: string): readonly [string, string] {
  return [digits.slice(0, 3), digits.slice(3)];
}
