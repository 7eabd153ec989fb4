// `npm run check`: types, format and lint, architecture, and the budget of the first load, side by side.
// One line each; what a failed one said follows.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { architecture } from './architecture.ts';
import { checkBudget } from './budget.ts';
import { checkArchitecture } from './check-architecture.ts';

/** Resolves to a remark for its line, rejects with what is wrong. */
type Check = () => Promise<string>;

const checks: Record<string, Check> = {
  types: () => tool('typescript/bin/tsc', ['-b', '--pretty', 'false']),
  biome: () =>
    tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
  architecture: async () => {
    const violations = checkArchitecture('.', architecture);
    if (violations.length > 0) throw new Error(violations.join('\n'));
    return '';
  },
  budget: checkBudget,
};

const outcomes = await Promise.all(Object.entries(checks).map(([name, check]) => timed(name, check)));
for (const { line } of outcomes) console.log(line);
for (const { name, complaint } of outcomes) {
  if (complaint !== undefined) console.error(`\n${name}:\n${complaint}`);
}
process.exitCode = outcomes.some(({ complaint }) => complaint !== undefined) ? 1 : 0;

async function timed(name: string, check: Check) {
  const started = performance.now();
  const line = (remark: string) => `${name.padEnd(14)}${seconds(started).padStart(7)}  ${remark}`;
  try {
    return { name, line: line(`ok ${await check()}`), complaint: undefined };
  } catch (error) {
    return { name, line: line('FAILED'), complaint: error instanceof Error ? error.message : String(error) };
  }
}

async function tool(script: string, args: readonly string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [`node_modules/${script}`, ...args], {
    maxBuffer: 1 << 24,
  });
  await run.catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${error.stdout}${error.stderr}`.trim());
  });
  return '';
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
