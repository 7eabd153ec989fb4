// The command line of a long-lived headless `claude`. Pure. Facts measured with 2.1.197 and 2.1.329.
import type { Mode } from '../protocol/events.ts';

export interface FlagOptions {
  /** A new session gets this id; one that exists is resumed. */
  readonly sessionId: string;
  readonly resume: boolean;
  readonly mode: Mode;
  readonly model: string | null;
  readonly effort: string | null;
  /** Lets `bypassPermissions` be chosen later, too. */
  readonly mayBypass: boolean;
  /**
   * Headless mode skips the CLI's trust question and would run the project's hooks and MCP servers. In a folder that the
   * person has not trusted, only their own settings are read.
   */
  readonly trusted: boolean;
}

export function claudeFlags(options: FlagOptions): string[] {
  return [
    '-p',
    ...['--input-format', 'stream-json'],
    ...['--output-format', 'stream-json'],
    '--verbose',
    '--include-partial-messages',
    '--replay-user-messages',
    ...['--permission-prompt-tool', 'stdio'],
    ...['--permission-mode', options.mode],
    ...(options.resume ? ['--resume', options.sessionId] : ['--session-id', options.sessionId]),
    // Without this, shell commands in plan mode go to the CLI's own classifier and never ask the person.
    ...['--settings', '{"useAutoModeDuringPlan":false}'],
    ...(options.effort === null ? [] : ['--effort', options.effort]),
    ...(options.mayBypass ? ['--allow-dangerously-skip-permissions'] : []),
    ...(options.model === null ? [] : ['--model', options.model]),
    ...(options.trusted ? [] : ['--setting-sources', 'user', '--strict-mcp-config']),
  ];
}
