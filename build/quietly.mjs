// Runs a program without a word, unless it fails: then all that it said is in the error.
import { spawn } from 'node:child_process';

/**
 * @param {string} cwd
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env] besides this process's own
 */
export async function quietly(cwd, program, args, env = {}) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${said.trim()}\n${program} ${args.join(' ')} ended with ${code}`);
}
