// `npm run disk -- [--full N] [--calls N|all] [--every K] [--code EIO|ENOSPC|EROFS] [--lasts]`: a disk that is full N times (needs
// root and Linux, for a small disk of its own), or of which one call after the other fails. Ends with 1 at a violation. Needs a build.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { noSmallDisk } from '../../daemon/testing/small-disk.ts';
import { type Fault, openFailingDaemon } from './failing-run.ts';
import { runFull } from './full-run.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'string' },
    calls: { type: 'string' },
    every: { type: 'string' },
    code: { type: 'string' },
    lasts: { type: 'boolean' },
  },
});
const codes: readonly Fault['code'][] = ['EIO', 'ENOSPC', 'EROFS'];
const violations: string[] = [];
if (values.full !== undefined || values.calls === undefined) await full(Number(values.full ?? 50));
if (values.calls !== undefined || values.full === undefined) {
  const code = codes.find((known) => known === values.code) ?? 'EIO';
  await calls(values.calls ?? 'all', { code, lasts: values.lasts ?? false });
}
console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
for (const violation of violations) console.log(`VIOLATION ${violation}`);
if (violations.length > 0) process.exitCode = 1;
else console.log('nothing was acknowledged that is not there, and all went on');

async function full(rounds: number): Promise<void> {
  if (noSmallDisk !== '') return console.log(`full disk skipped: ${noSmallDisk}`);
  const found = await runFull(rounds, console.log);
  violations.push(...found.violations);
  const worst = (times: readonly number[]) => Math.max(0, ...times);
  console.log(
    `full ${rounds} times: said within ${worst(found.notices)} ms, over within ${worst(found.recoveries)} ms of room`,
  );
}

async function calls(which: string, kind: Omit<Fault, 'at'>): Promise<void> {
  const daemon = await openFailingDaemon();
  const seen = new Map<string, number>();
  try {
    const { calls: count } = await daemon.run({ at: 0, ...kind });
    const last = which === 'all' ? Number.POSITIVE_INFINITY : Number(which);
    // More calls than are counted on a good disk: trying again is calls, too.
    for (let at = 1; at <= Math.min(last, count + 40); at += Number(values.every ?? 1)) {
      const { violations: found, failed, refusal, refused } = await daemon.run({ at, ...kind });
      violations.push(...found.map((words) => `${kind.code} at call ${at} (${failed}): ${words}`));
      const outcome =
        refusal !== '' ? 'did not start, and said why' : refused.length > 0 ? 'refused at first' : 'went on';
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      console.log(
        `${kind.code} at call ${at}  ${failed || 'nothing failed'}  ${outcome}${found.map((words) => `\n  ! ${words}`).join('')}`,
      );
    }
  } finally {
    await daemon.close();
  }
  for (const [outcome, times] of seen) console.log(`${outcome}: ${times}`);
}
