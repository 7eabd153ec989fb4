// The command line of a long-lived headless `claude`. Pure. Facts measured with 2.1.197 and 2.1.329.
import type { Mode } from '../protocol/events.ts';
import type { Branch } from '../protocol/view.ts';

export interface FlagOptions {
  /** A new session gets this id; one that exists is resumed. */
  readonly sessionId: string;
  readonly resume: boolean;
  /** With `resume`: behind which line of which session; a fork leaves that one as it is and gets `sessionId`. */
  readonly branch: Branch | null;
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
  /**
   * `permissions.allow` of the folder's shared settings, when it is trusted: the CLI withholds those until the folder is trusted in
   * its own terminal dialog too.
   */
  readonly projectRules: readonly string[];
  /** Where the files lie that come with messages: Claude may read there without asking. */
  readonly uploadsFolder: string;
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
    ...sessionFlags(options),
    // Without this, shell commands in plan mode go to the CLI's own classifier and never ask the person.
    ...['--settings', settingsOf(options)],
    ...['--add-dir', options.uploadsFolder],
    ...(options.effort === null ? [] : ['--effort', options.effort]),
    ...(options.mayBypass ? ['--allow-dangerously-skip-permissions'] : []),
    ...(options.model === null ? [] : ['--model', options.model]),
    ...(options.trusted ? [] : ['--setting-sources', 'user', '--strict-mcp-config']),
  ];
}

function settingsOf({ trusted, projectRules }: FlagOptions): string {
  const permissions = trusted && projectRules.length > 0 ? { permissions: { allow: projectRules } } : {};
  return JSON.stringify({ useAutoModeDuringPlan: false, ...permissions });
}

/** `--resume-session-at` is not in the CLI's help; what it leaves out is left out of every later resume too. */
function sessionFlags({ sessionId, resume, branch }: FlagOptions): string[] {
  if (!resume) return ['--session-id', sessionId];
  if (!branch?.anchor) return ['--resume', sessionId];
  return [
    ...['--resume', branch.sessionId],
    ...['--resume-session-at', branch.anchor],
    ...(branch.fork ? ['--fork-session', '--session-id', sessionId] : []),
  ];
}
