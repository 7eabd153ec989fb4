// `porchlight version`: of Porchlight, and of what it stands on, as a report of a fault needs them.
import { claudeHere } from '../doctor/claude-here.ts';
import { storeFormat } from '../store/store-identity.ts';
import { runCommand } from '../system/spawn.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { connectPrivately } from './private-client.ts';
import { readConfig } from './read-config.ts';

export async function showVersion(
  environment: Environment,
  { home, json }: { home: string; json: boolean },
): Promise<void> {
  const { version, commit, nodeVersion: node, print, machine } = environment;
  const claude = await claudeVersion(environment, home);
  const facts = {
    version,
    storeFormat,
    commit,
    node,
    claude,
    platform: `${machine.platform} ${machine.arch}`,
  };
  if (json) return print(JSON.stringify(facts));
  print(`Porchlight ${version}${commit === '' ? '' : ` (${commit})`}`);
  print(`Node.js ${node}, ${facts.platform}`);
  print(claude === '' ? 'Claude Code was not found.' : `Claude Code ${claude}`);
}

/** The one that the running daemon uses; without one, that which it would. */
async function claudeVersion({ env, personHome }: Environment, home: string): Promise<string> {
  try {
    const client = await connectPrivately(home, env);
    return (await client.run('daemon.status', {})).claude.version;
  } catch (error) {
    if (!(error instanceof CliError && error.exitCode === exitCodes.notRunning)) throw error;
  }
  const config = await readConfig({ home, env, flags: {} });
  return (await claudeHere({ config, env, personHome, run: runCommand })).version;
}
