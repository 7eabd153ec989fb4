// What the doctor found, in one sentence, and in the order in which a person wants to read it. Pure.
import type { Check } from '../../../daemon/protocol/doctor.ts';

const order = ['bad', 'warning', 'ok'] as const satisfies readonly Check['state'][];

/** What is amiss first; otherwise as it came. */
export function inOrder(checks: readonly Check[]): readonly Check[] {
  return order.flatMap((state) => checks.filter((check) => check.state === state));
}

export function summaryWords(checks: readonly Check[]): string {
  const bad = checks.filter(({ state }) => state === 'bad').length;
  const warnings = checks.filter(({ state }) => state === 'warning').length;
  if (bad > 0) return bad === 1 ? 'One thing has to be mended.' : `${bad} things have to be mended.`;
  if (warnings > 0)
    return `Nothing has to be mended; ${warnings === 1 ? 'one thing is' : `${warnings} things are`} worth a look.`;
  return 'All is well.';
}
