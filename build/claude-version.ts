// A `claude` of a given version: the pinned one as it is installed, any other one from npm into a temporary folder. Only for
// recording; no test needs more than the pinned one.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { claudePath } from '../daemon/testing/claude-environment.ts';

const run = promisify(execFile);

export interface InstalledClaude {
  readonly path: string;
  remove(): void;
}

export async function installClaude(version: string): Promise<InstalledClaude> {
  if (await isVersion(claudePath, version)) return { path: claudePath, remove() {} };
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-claude-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const wanted = `@anthropic-ai/claude-code@${version}`;
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, wanted]);
  for (const path of candidates(join(folder, 'node_modules'))) {
    if (await isVersion(path, version)) return { path, remove };
  }
  remove();
  throw new Error(`npm installed no claude ${version} that runs`);
}

/** npm may skip the step that puts the program in its place; then it is still in the package for this platform. */
function candidates(modules: string): string[] {
  const scope = join(modules, '@anthropic-ai');
  const platforms = readdirSync(scope).filter((name) => name.startsWith('claude-code-'));
  return [join(modules, '.bin', 'claude'), ...platforms.map((name) => join(scope, name, 'claude'))];
}

async function isVersion(path: string, version: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const { stdout } = await run(path, ['--version']);
  return stdout.startsWith(`${version} `);
}
