import { expect, test } from 'vitest';
import { isNewer } from './versions.ts';

test('versions are ordered as semver orders them', () => {
  const ordered = ['0.1.0', '0.2.0-rc.2', '0.2.0-rc.10', '0.2.0', '0.10.0', '1.0.0+build', '1.0.1'];
  for (const [at, version] of ordered.entries()) {
    expect(ordered.filter((other) => isNewer(version, other))).toEqual(ordered.slice(0, at));
  }
});
