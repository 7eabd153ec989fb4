// `porchlight doctor`: what is well and what is not, with what mends it. Asks the running daemon, which sees the world as it is
// for Porchlight; where none runs it looks by itself.
import { examine } from '../doctor/examine.ts';
import type { Check } from '../protocol/doctor.ts';
import { systemClock } from '../system/clock.ts';
import { runCommand } from '../system/spawn.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { type Paint, paintFor, type Style } from './paint.ts';
import { connectPrivately } from './private-client.ts';
import { readConfig } from './read-config.ts';

export async function doctor(
  environment: Environment,
  { home, json }: { home: string; json: boolean },
): Promise<void> {
  const { print } = environment;
  const checks = await runChecks(environment, home);
  if (json) print(JSON.stringify({ checks }));
  else for (const line of linesOf(checks, paintFor(environment))) print(line);
  const bad = checks.filter(({ state }) => state === 'bad').length;
  if (bad === 0) return;
  throw new CliError(
    exitCodes.failed,
    bad === 1 ? 'One thing has to be mended.' : `${bad} things have to be mended.`,
  );
}

async function runChecks(environment: Environment, home: string): Promise<readonly Check[]> {
  const { env, machine, personHome } = environment;
  try {
    const client = await connectPrivately(home, env);
    return (await client.run('doctor.run', {})).checks;
  } catch (error) {
    if (!(error instanceof CliError && error.exitCode === exitCodes.notRunning)) throw error;
    const config = await readConfig({ home, env, flags: {} });
    const world = { home, config, env, personHome, run: runCommand, clock: systemClock, ...machine };
    return examine(world, undefined);
  }
}

const marks = { ok: '✓', warning: '!', bad: '✗' } satisfies Record<Check['state'], string>;
const styles = { ok: 'good', warning: 'warn', bad: 'bad' } as const satisfies Record<Check['state'], Style>;

function linesOf(checks: readonly Check[], paint: Paint): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks.flatMap(({ name, state, sentence, fix }) => {
    const line = `${paint(styles[state], marks[state])} ${name.padEnd(width)}  ${sentence}`;
    return fix === '' ? [line] : [line, `${' '.repeat(width + 4)}→ ${fix}`];
  });
}
