// Gathers the tool calls between two texts into one run, which a finished turn shows as one line: "Read 4 · Ran 2". Pure.
// A run is named by its first call and only grows at its end, so nothing is gathered anew while somebody reads in it.
import type { Item, ToolItem } from '../../../daemon/protocol/view.ts';

export interface Gatherable {
  readonly item: Item;
}

/** What stands for itself between the lines: it asks, it plans, or much happens below it. */
const standing: ReadonlySet<string> = new Set([
  'Agent',
  'AskUserQuestion',
  'EnterPlanMode',
  'ExitPlanMode',
  'Task',
]);

/** One list for each row that is drawn: what was set aside in one go, a run of tool calls, or a single other row. */
export function gathered<R extends Gatherable>(rows: readonly R[]): R[][] {
  const asides = rows.filter(({ item }) => item.aside);
  if (asides.length === 0) return gatheredCalls(rows);
  const all: R[][] = [];
  for (let start = 0; start < rows.length; ) {
    const isAside = rows[start]?.item.aside === true;
    const length = rows.slice(start).findIndex(({ item }) => (item.aside === true) !== isAside);
    const part = rows.slice(start, length < 0 ? rows.length : start + length);
    all.push(...(isAside ? [part] : gatheredCalls(part)));
    start += part.length;
  }
  return all;
}

/** A run of tool calls, with the thoughts between them, or a single other row. */
function gatheredCalls<R extends Gatherable>(rows: readonly R[]): R[][] {
  const all: R[][] = [];
  let run: R[] | undefined;
  /** Behind the run, and of it only when another call follows. */
  let thoughts: R[] = [];
  const close = () => {
    all.push(...thoughts.map((row) => [row]));
    run = undefined;
    thoughts = [];
  };
  for (const row of rows) {
    const { item } = row;
    if (run && item.kind === 'thinking' && item.parentToolId === undefined) thoughts.push(row);
    else if (!isGathered(item)) {
      close();
      all.push([row]);
    } else if (run) {
      run.push(...thoughts, row);
      thoughts = [];
    } else {
      run = [row];
      all.push(run);
    }
  }
  close();
  return all;
}

export function isGathered(item: Item): item is ToolItem {
  return item.kind === 'tool' && item.parentToolId === undefined && !standing.has(item.tool);
}

/** Fewer calls than this are shown as they are. */
const fewest = 3;

/**
 * Which rows of a closed run are shown all the same: what is still going on and, where it is the end of the transcript, the
 * last, so that the line does not come and go with every call.
 */
export function shownOfClosed<R extends Gatherable>(run: readonly R[], isAtEnd: boolean): readonly R[] {
  const calls = run.filter(({ item }) => isGathered(item));
  if (calls.length < fewest) return run;
  const last = calls.at(-1);
  const shown = calls.filter((row) => isGoing(row.item) || (isAtEnd && row === last));
  return calls.length - shown.length < 2 ? run : shown;
}

export function isGoing(item: Item): boolean {
  return item.kind === 'tool' && (item.state === 'announced' || item.state === 'running');
}

const deeds: Readonly<Record<string, string>> = {
  Bash: 'Ran',
  PowerShell: 'Ran',
  BashOutput: 'Checked',
  TaskOutput: 'Checked',
  KillShell: 'Stopped',
  TaskStop: 'Stopped',
  Read: 'Read',
  Edit: 'Edited',
  MultiEdit: 'Edited',
  NotebookEdit: 'Edited',
  Write: 'Wrote',
  Grep: 'Searched',
  Glob: 'Searched',
  LS: 'Searched',
  LSP: 'Looked up',
  ToolSearch: 'Looked up',
  WebFetch: 'Web',
  WebSearch: 'Web',
  TodoWrite: 'Tasks',
  TaskCreate: 'Tasks',
  TaskUpdate: 'Tasks',
  TaskList: 'Tasks',
  TaskGet: 'Tasks',
  Skill: 'Skill',
  SlashCommand: 'Skill',
};

/** A line must not break between a word and its number. */
const tied = '\u00a0';

/** `Read 4 · Ran 2 · Edited 1`, in the order of first use. */
export function runWords(items: readonly Item[]): string {
  const counts = new Map<string, number>();
  for (const item of items) {
    if (item.kind !== 'tool') continue;
    const deed = deedOf(item.tool);
    counts.set(deed, (counts.get(deed) ?? 0) + 1);
  }
  return [...counts].map(([deed, count]) => `${deed}${tied}${count}`).join(`${tied}· `);
}

export function failedIn(items: readonly Item[]): number {
  return items.filter((item) => item.kind === 'tool' && item.state === 'failed').length;
}

function deedOf(tool: string): string {
  const server = /^mcp__(.+?)__/.exec(tool)?.[1];
  if (server !== undefined) return server.replaceAll('_', ' ');
  return Object.hasOwn(deeds, tool) ? (deeds[tool] ?? tool) : tool;
}
