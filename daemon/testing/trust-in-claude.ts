// Trusts folders as the person does in the terminal: in Claude Code's own .claude.json. The daemon's look at `claude` lets the
// CLI write that file anew, so this waits until it has looked; what was written in between would be lost.
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDaemon } from './test-daemon.ts';

/** `config` is what else belongs into that file. */
export async function trustInClaude(
  { client, folder }: TestDaemon,
  folders: readonly string[],
  config: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await client.readUntil('lobby', ({ type }) => type === 'claude.checked');
  const path = join(folder, 'world', 'claude', '.claude.json');
  const known = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const trusted = folders.map((each) => [realpathSync(each), { hasTrustDialogAccepted: true }]);
  const projects = { ...known.projects, ...Object.fromEntries(trusted) };
  writeFileSync(path, JSON.stringify({ ...known, ...config, projects }));
}
