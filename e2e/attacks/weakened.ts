// Builds of the daemon without one of its walls, to see that the attacks can succeed at all. Only for tests: faults are planted in a
// copy of the bundle.
import { cp, mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundleWith, type Mutant } from '../../build/chaos/mutants.ts';

/** Nobody asks which page it was. */
const anyOrigin: Mutant = {
  file: 'daemon/http/guard.ts',
  from: 'if (origin !== undefined && isFor && !isOwnOrigin(origin, own))',
  to: 'if (false)',
};

/** A socket that has its rights by itself, as with a cookie that the browser adds. */
const ambient: Mutant = {
  file: 'daemon/http/socket.ts',
  from: 'let principal: Principal | undefined;',
  to: `let principal: Principal | undefined = {
    deviceId: 'ambient', label: 'ambient', kind: 'phone', scopes: ['read', 'use'], revoked: new AbortController().signal };`,
};

export const weakenings = {
  'no Origin check': [anyOrigin],
  'an ambient credential': [ambient],
  'an ambient credential and no Origin check': [anyOrigin, ambient],
} as const satisfies Record<string, readonly Mutant[]>;

/** `dist/` must be built. Gives the program. */
export async function weakenedBuild(
  name: keyof typeof weakenings,
): Promise<{ program: string; remove: () => Promise<void> }> {
  const folder = resolve(`dist/weakened-${process.pid}-${name.replaceAll(' ', '-')}`);
  await mkdir(folder, { recursive: true });
  for (const part of ['web', 'assets']) await cp(join('dist', part), join(folder, part), { recursive: true });
  await bundleWith(weakenings[name], folder);
  return {
    program: join(folder, 'porchlight.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
