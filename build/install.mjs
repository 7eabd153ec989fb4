// Brings node_modules in line with package-lock.json, and only then: `npm ci` runs when a package is missing or has another
// version. Plain JavaScript with built-ins only, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from './quietly.mjs';

/** @typedef {{ version?: string, optional?: boolean }} Entry */

const claude = 'node_modules/@anthropic-ai/claude-code';

/**
 * Says in one line when it installs; throws with npm's output when that fails.
 * @param {string} root
 */
export async function install(root) {
  if (!isInstalled(root)) {
    console.error('installing packages (npm ci) ...');
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    await quietly(root, ...npm(args));
  }
  finishClaude(root);
}

/** @param {string} root */
export function isInstalled(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(join(root, 'node_modules/.package-lock.json'));
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const found = present[path];
    return path === '' || (found === undefined ? optional === true : found.version === version);
  });
}

/**
 * npm may be told to run no install scripts; then the pinned claude is a stub until its own script has run.
 * @param {string} root
 */
function finishClaude(root) {
  const program = statSync(join(root, claude, 'bin/claude.exe'), { throwIfNoEntry: false });
  if (program !== undefined && program.size < 1_000_000) {
    spawnSync(process.execPath, [join(root, claude, 'install.cjs')], { stdio: 'ignore' });
  }
}

/**
 * npm by the very file that runs this script, if it does: Windows cannot spawn npm.cmd without a shell.
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
function npm(args) {
  const script = process.env['npm_execpath'];
  return script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
}

/**
 * @param {string} file
 * @returns {Record<string, Entry>}
 */
function packagesIn(file) {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return {};
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
