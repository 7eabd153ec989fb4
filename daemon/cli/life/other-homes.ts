// The other homes whose daemons run by this program. Once another version is in its place they lack what they have not read yet of
// their own, so the person is told to restart them.
import { runCommand } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';

/** Without `home`. Empty where processes cannot be listed. */
export async function otherHomes({ program }: Environment, home: string): Promise<string[]> {
  const { stdout } = await runCommand('ps', ['-axww', '-o', 'args=']);
  return homesIn(stdout, program).filter((other) => other !== home);
}

/** Words are parted by spaces only, also where they hold some: a home ends where the next option begins. */
export function homesIn(processes: string, program: string): string[] {
  const lines = processes.split('\n').filter((line) => line.includes(` ${program} serve `));
  const homes = lines.flatMap((line) => / --home (\/.*?)(?= --[a-z]|\s*$)/.exec(line)?.[1] ?? []);
  return [...new Set(homes)];
}
