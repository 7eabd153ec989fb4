// A clean world for a `claude` started by a test or the demo: its own home, settings and temp folder, and an API on
// this computer. It must never read this computer's environment, settings or login, so nothing of them can leak.
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The `claude` that package-lock.json pins, whatever else is installed; a path to nothing if it is not installed. */
export const claudePath: string = nearestClaude(dirname(fileURLToPath(import.meta.url)));

export interface ClaudeEnvironmentOptions {
  /** Everything the CLI writes besides the project goes in here; made if missing. The caller removes it. */
  readonly folder: string;
  /** The scripted API's `url`. */
  readonly apiUrl: string;
}

/** The whole environment for `spawn`: nothing is inherited. */
export function claudeEnvironment({ folder, apiUrl }: ClaudeEnvironmentOptions): Record<string, string> {
  const home = join(folder, 'home');
  const config = join(folder, 'claude');
  const temporary = join(folder, 'tmp');
  for (const made of [home, config, temporary]) mkdirSync(made, { recursive: true, mode: 0o700 });
  return {
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    CLAUDE_CONFIG_DIR: config,
    ANTHROPIC_BASE_URL: apiUrl,
    ANTHROPIC_API_KEY: 'dummy',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    // 2.1.329 hides the task tools from the newest models unless asked; the scripts use them.
    CLAUDE_CODE_ENABLE_TODO_TOOLS: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
  };
}

/** Upwards from here, so that it is found from a bundle too. */
function nearestClaude(folder: string): string {
  const candidate = join(folder, 'node_modules/.bin/claude');
  const above = dirname(folder);
  return above === folder || existsSync(candidate) ? candidate : nearestClaude(above);
}
