// What the person's plan allows and what was spent, as the lobby tells it.
import * as z from 'zod/mini';

/** A limit of the person's plan. `resetsAt` in ms since 1970; `used` 0 to 1; null where the CLI did not say. */
export const Limit = z.object({
  window: z.string(),
  status: z.string(),
  resetsAt: z.nullable(z.number()),
  used: z.nullable(z.number()),
});
export type Limit = z.infer<typeof Limit>;

/** USD by day and folder. */
export type Spending = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Days whose spending is kept. */
const spendingDays = 60;

/** Pure. Days beyond those that are kept fall off at the old end. */
export function spend(
  spending: Spending,
  { day, cwd, usd }: { day: string; cwd: string; usd: number },
): Spending {
  const of = spending[day] ?? {};
  const all = { ...spending, [day]: { ...of, [cwd]: (of[cwd] ?? 0) + usd } };
  const days = Object.keys(all).toSorted().slice(-spendingDays);
  return Object.fromEntries(days.map((name) => [name, all[name] ?? {}]));
}
