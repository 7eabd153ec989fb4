// Which of two versions is newer, as semver orders them. Pure.

/** True when `a` comes behind `b`. A preview (`1.2.0-rc.1`) comes before its release. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [parse(a), parse(b)];
  for (const at of [0, 1, 2]) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  if (left.preview === '' || right.preview === '') return left.preview === '' && right.preview !== '';
  return left.preview.localeCompare(right.preview, 'en', { numeric: true }) > 0;
}

function parse(version: string): { numbers: readonly number[]; preview: string } {
  const [release = '', ...preview] = (version.split('+')[0] ?? '').split('-');
  return { numbers: release.split('.').map(Number), preview: preview.join('-') };
}
