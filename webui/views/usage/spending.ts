// What was spent, summed up from the lobby's account by day and folder. Pure. Days are the computer's dates, `2026-11-21`.
import type { Spending } from '../../../daemon/protocol/usage.ts';

/** USD of the last `days` days, today included. `today` is the newest date that counts. */
export function spentIn(spending: Spending, today: string, days: number): number {
  return sum(entriesIn(spending, today, days).flatMap((folders) => Object.values(folders)));
}

export interface ProjectCost {
  readonly cwd: string;
  readonly usd: number;
}

/** By folder, the dearest first. */
export function spentByProject(spending: Spending, today: string, days: number): readonly ProjectCost[] {
  const totals = new Map<string, number>();
  for (const folders of entriesIn(spending, today, days))
    for (const [cwd, usd] of Object.entries(folders)) totals.set(cwd, (totals.get(cwd) ?? 0) + usd);
  return [...totals].map(([cwd, usd]) => ({ cwd, usd })).toSorted((a, b) => b.usd - a.usd);
}

function entriesIn(spending: Spending, today: string, days: number) {
  const first = dateBefore(today, days - 1);
  return Object.entries(spending)
    .filter(([date]) => date >= first && date <= today)
    .map(([, folders]) => folders);
}

/** The date as a calendar shows it where this phone is. */
export function dateOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function dateBefore(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
