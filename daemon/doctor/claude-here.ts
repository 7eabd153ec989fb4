// The Claude Code of this computer as a daemon here would find it, for when none runs. Only looks.
import { checkClaude } from '../claude/doctor.ts';
import { type Config, claudeEnvironment } from '../config.ts';
import type { RunCommand } from '../ports.ts';
import type { ClaudeHealth } from '../protocol/lobby.ts';
import { createFolders } from '../system/folders.ts';

export function claudeHere({
  config,
  env,
  personHome,
  run,
}: {
  config: Config;
  env: Readonly<Record<string, string | undefined>>;
  personHome: string;
  run: RunCommand;
}): Promise<ClaudeHealth> {
  const folders = createFolders(personHome);
  return checkClaude({
    run,
    folders,
    env: claudeEnvironment(env),
    path: config.claudePath,
    home: personHome,
  });
}
