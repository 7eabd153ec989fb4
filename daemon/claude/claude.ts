// Claude as the daemon has it: knows whether it can be started, starts runs with the right flags, and takes up old ones.
// Implements the Claude port; the health is re-checked by whoever owns this (see daemon.ts).
import type { Clock, Folders, Logger, RunHost } from '../ports.ts';
import type { Claude } from '../ports/claude.ts';
import type { UploadFiles } from '../ports/uploads.ts';
import type { Catalog } from '../protocol/catalog.ts';
import { AppError } from '../protocol/errors.ts';
import { Mode } from '../protocol/events.ts';
import type { ClaudeHealth } from '../protocol/lobby.ts';
import { createCatalogs } from './catalog.ts';
import { claudeFlags } from './flags.ts';
import { openSession } from './session.ts';

export interface ClaudeOptions {
  readonly runs: RunHost;
  readonly folders: Folders;
  readonly uploadFiles: UploadFiles;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** The person's environment without Porchlight's own secrets. */
  readonly env: Readonly<Record<string, string>>;
  readonly mayBypass: () => boolean;
  /** Whether what the folder brings along may run: its settings, hooks and servers; and the rules of its shared settings. */
  readonly trustIn: (cwd: string) => Promise<{ trusted: boolean; rules: readonly string[] }>;
  /** As last checked; checks anew when it was not ready. */
  readonly health: () => Promise<ClaudeHealth>;
}

export function createClaude(options: ClaudeOptions): Claude {
  const { runs, clock, logger, folders, uploadFiles, env, trustIn } = options;
  // Without this Claude Code keeps no earlier state of the files it edits, and there is no way back for them.
  const runEnv = { ...env, CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING: '1' };
  const catalogs = createCatalogs();
  return {
    async start({ conversationId, sessionId, resume, branch, cwd, mode, model, effort }) {
      const health = await options.health();
      if (health.state !== 'ready' && health.state !== 'loggedOut') {
        throw new AppError('claude_unavailable', `${health.sentence} On the computer, run: ${health.fix}`);
      }
      if ((await folders.resolve(cwd)) === undefined) {
        throw new AppError('claude_unavailable', `The folder ${cwd} is no longer there.`);
      }
      const { trusted, rules: projectRules } = await trustIn(cwd);
      const known = Mode.safeParse(mode);
      const flags = claudeFlags({
        ...{
          sessionId,
          resume,
          branch,
          model,
          effort,
          trusted,
          projectRules,
          mayBypass: options.mayBypass(),
        },
        mode: known.success ? known.data : 'default',
        uploadsFolder: await uploadFiles.folder(conversationId),
      });
      const runId = options.newId();
      const spec = { runId, conversationId, sessionId, file: health.path, args: flags, cwd, env: runEnv };
      const run = await runs.start(spec).catch((error: unknown) => {
        if (error instanceof AppError) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new AppError('claude_unavailable', `Claude Code could not be started: ${reason}`, {
          cause: error,
        });
      });
      const learned = (catalog: Catalog) => catalogs.set(cwd, trusted, catalog);
      const session = openSession({ run, clock, logger, uploadFiles, learned });
      // Asked before anything else, so that no turn keeps the answer waiting; it costs a first message nothing.
      session.catalog().catch((error: unknown) => logger.warn('no catalog', { reason: String(error) }));
      return session;
    },
    attach: (run) => openSession({ run, clock, logger, uploadFiles }),
    catalog: async (cwd) => catalogs.get(cwd, (await trustIn(cwd)).trusted),
    forget: (runId) => runs.remove(runId),
  };
}
