// How long the page's main thread was kept busy at a stretch, in its own processor time: unlike the time between two frames,
// this does not grow when the machine has other work.
import type { Browser, Page } from 'playwright';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread, µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** ms of the longest tasks while it acts, longest first; as they would be on a processor `slowDown` times slower. */
export async function longestTasks(
  options: { browser: Browser; page: Page; slowDown: number },
  act: () => Promise<void>,
): Promise<readonly number[]> {
  const { browser, page, slowDown } = options;
  await browser.startTracing(page, { categories });
  await act();
  const { traceEvents } = parse((await browser.stopTracing()).toString());
  const mains = new Set(
    traceEvents.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain').map(threadOf),
  );
  return traceEvents
    .filter((e) => e.name === 'RunTask' && mains.has(threadOf(e)))
    .map((e) => ((e.tdur ?? 0) / 1000) * slowDown)
    .sort((a, b) => b - a);
}

function parse(json: string): { readonly traceEvents: readonly TraceEvent[] } {
  return JSON.parse(json);
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}
