// Which folders the person trusts in Porchlight itself. Headless Claude Code asks nobody and would run a project's hooks and
// servers; here a folder is trusted only after somebody saw what it would run, and only as long as it would run just that.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock, Document, Folders } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import type { FolderTrust } from '../protocol/trust.ts';
import { type BroughtAlong, broughtBy, sharedSettings, whatRuns } from './brought.ts';

const TrustedFolder = z.object({
  path: z.string(),
  at: z.number(),
  /** SHA-256 of what it would run when it was trusted. */
  runs: z.string(),
});

export const TrustDocument = z.object({ folders: z.array(TrustedFolder) });
export type TrustDocument = z.infer<typeof TrustDocument>;

export interface Trust {
  /**
   * Not trusted when in doubt: then only the person's own settings are read, and nothing that the folder brings along runs.
   * `rules`: what its shared settings allow, as long as it is trusted.
   */
  trustIn(cwd: string): Promise<{ trusted: boolean; rules: readonly string[] }>;
  /** Rejects with `folder_not_found`. */
  inspect(path: string): Promise<FolderTrust>;
  /**
   * Trusts the folder to run what `seen` lists, which is what somebody was shown. Rejects with `trust_changed` when it would run
   * something else by now, and with `folder_not_found`.
   */
  trust(path: string, seen: FolderTrust['brings']): Promise<void>;
  withdraw(path: string): Promise<void>;
}

export function createTrust(options: {
  document: Document<TrustDocument>;
  folders: Folders;
  clock: Clock;
  /** The trust of this folder is another one now. */
  changed: (path: string) => void;
}): Trust {
  const { document, folders, clock, changed } = options;
  const record = (path: string) => document.value.folders.find((folder) => folder.path === path);

  async function resolve(path: string): Promise<string> {
    const real = await folders.resolve(path);
    if (real === undefined)
      throw new AppError('folder_not_found', `There is no folder ${path} on the computer.`);
    return real;
  }

  function stateOf(path: string, along: BroughtAlong): FolderTrust['state'] {
    const known = record(path);
    if (!known) return 'untrusted';
    return known.runs === hashOf(whatRuns(along)) ? 'trusted' : 'changed';
  }

  return {
    async trustIn(cwd) {
      if (!record(cwd)) return { trusted: false, rules: [] };
      const along = await broughtBy(folders, cwd);
      if (stateOf(cwd, along) !== 'trusted') return { trusted: false, rules: [] };
      const shared = along.brings.filter(({ kind, file }) => kind === 'rule' && file === sharedSettings);
      return { trusted: true, rules: shared.map(({ detail }) => detail) };
    },
    async inspect(path) {
      const real = await resolve(path);
      const along = await broughtBy(folders, real);
      return {
        path: real,
        state: stateOf(real, along),
        brings: [...along.brings],
        unreadable: [...along.unreadable],
      };
    },
    async trust(path, seen) {
      const real = await resolve(path);
      const along = await broughtBy(folders, real);
      if (whatRuns(along) !== whatRuns({ ...along, brings: seen })) throw new AppError('trust_changed');
      const trusted = { path: real, at: clock.now(), runs: hashOf(whatRuns(along)) };
      await document.update(({ folders: all }) => ({
        folders: [...all.filter((folder) => folder.path !== real), trusted],
      }));
      changed(real);
    },
    async withdraw(path) {
      // The folder itself may be gone.
      const real = (await folders.resolve(path)) ?? path;
      await document.update(({ folders: all }) => ({
        folders: all.filter((folder) => folder.path !== real),
      }));
      changed(real);
    },
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
