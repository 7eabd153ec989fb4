// Finds the person's `claude`, and says what is missing in one sentence with the command that fixes it.
// It only looks: it never installs, updates or logs in.
import type { Folders, RunCommand } from '../ports.ts';
import type { ClaudeHealth } from '../protocol/lobby.ts';

/** Older ones lack `--replay-user-messages` or the permission protocol that Porchlight speaks. */
export const oldestVersion = '2.1.100';

const install = 'npm install -g @anthropic-ai/claude-code';

export interface DoctorOptions {
  readonly run: RunCommand;
  readonly folders: Folders;
  /** The environment that `claude` itself will get. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the person said that it is; nothing else is tried then. */
  readonly path: string | null;
  readonly home: string;
}

/** Looks for `claude` and asks it for its version and login. Takes under a second when all is well. Never rejects. */
export async function checkClaude(options: DoctorOptions): Promise<ClaudeHealth> {
  const found = await findClaude(options);
  if (!found) {
    const sentence = options.path
      ? `There is no Claude Code at ${options.path}.`
      : 'Claude Code is not installed on the computer, or not where Porchlight looks.';
    return { state: 'missing', version: '', path: options.path ?? '', sentence, fix: install };
  }
  const { run, env } = options;
  const [said, isLoggedOut] = await Promise.all([
    run(found, ['--version'], { env, timeoutMs: 15_000 }),
    seemsLoggedOut(found, options),
  ]);
  const version = /^(\d+\.\d+\.\d+)/.exec(said.stdout.trim())?.[1] ?? '';
  const facts = { version, path: found };
  if (version === '') {
    const words = (said.stderr || said.stdout).trim().slice(0, 200);
    return {
      ...facts,
      state: 'broken',
      sentence: `Claude Code does not start: ${words || 'it said nothing.'}`,
      fix: install,
    };
  }
  if (compareVersions(version, oldestVersion) < 0) {
    const sentence = `Claude Code ${version} is too old; Porchlight needs ${oldestVersion} or newer.`;
    return { ...facts, state: 'tooOld', sentence, fix: `${found} update` };
  }
  if (isLoggedOut) {
    return {
      ...facts,
      state: 'loggedOut',
      sentence: 'Claude Code is not logged in on the computer.',
      fix: `${found} auth login`,
    };
  }
  return { ...facts, state: 'ready', sentence: `Claude Code ${version} is ready.`, fix: '' };
}

/** PATH first, then the login shell's PATH (a daemon started by the desktop does not have it), then the usual places. */
async function findClaude({ path, env, home, folders, run }: DoctorOptions): Promise<string | undefined> {
  if (path !== null) return (await folders.isExecutable(path)) ? path : undefined;
  const own = await firstExecutable(folders, pathFolders(env['PATH']));
  if (own) return own;
  const shell = env['SHELL'] ?? '/bin/sh';
  const login = await run(shell, ['-lc', 'printf "\\n%s" "$PATH"'], { env, timeoutMs: 5000 });
  const usual = ['.local/bin', '.claude/local', '.npm-global/bin', '.bun/bin', '.volta/bin'].map(
    (place) => `${home}/${place}`,
  );
  const loginPath = login.stdout.split('\n').at(-1);
  return firstExecutable(folders, [
    ...pathFolders(loginPath),
    ...usual,
    '/opt/homebrew/bin',
    '/usr/local/bin',
  ]);
}

function pathFolders(path: string | undefined): string[] {
  return (path ?? '').split(':').filter((folder) => folder.startsWith('/'));
}

async function firstExecutable(folders: Folders, places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    const file = `${place}/claude`;
    if (await folders.isExecutable(file)) return file;
  }
  return undefined;
}

/** Only a plain "no" counts: a CLI that answers otherwise gets the benefit of the doubt, and the turn's error says the rest. */
async function seemsLoggedOut(found: string, { run, env }: DoctorOptions): Promise<boolean> {
  // With a key in the environment 2.1.329 says yes, whatever the key; that answer is not worth the start of a process.
  if (env['ANTHROPIC_API_KEY']) return false;
  const { stdout } = await run(found, ['auth', 'status'], { env, timeoutMs: 15_000 });
  return /"loggedIn"\s*:\s*false/.test(stdout);
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
