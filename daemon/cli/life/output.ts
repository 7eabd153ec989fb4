// What a daemon in the background prints: where it goes, and what of it is for people.
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export function outputOf(home: string): string {
  return join(home, 'logs', 'output.log');
}

/** Where the next daemon's output goes; what the one before said is kept beside it. */
export async function freshOutput(home: string): Promise<string> {
  const output = outputOf(home);
  await mkdir(join(home, 'logs'), { recursive: true, mode: 0o700 });
  await rename(output, output.replace(/log$/, '1.log')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return output;
}

/** What it said for people at its end, not the facts that it printed as JSON. */
export async function lastSentence(output: string): Promise<string> {
  const lines = (await readFile(output, 'utf8')).split('\n');
  const said = lines.filter((line) => line !== '' && !line.startsWith('{'));
  return said.slice(-8).join('\n') || `Porchlight ended at once. What it said is in ${output}.`;
}
