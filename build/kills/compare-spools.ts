// Is every line of what Claude said in the log, once and in order? Translates each spool as a whole, by the product's own pure
// translation, and compares it with the events that say they came from it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEvent } from '../../daemon/testing/daemon-client.ts';
import { translateSpool } from '../../daemon/testing/translate-spool.ts';
import { canonical } from '../chaos/read-log.ts';

export interface Comparison {
  /** Lines of spools that were looked at. */
  readonly lines: number;
  readonly runs: number;
  readonly violations: readonly string[];
}

/** Runs must be at rest: what a run says meanwhile may not be in the log yet. */
export function compareSpools(home: string, logs: ReadonlyMap<string, readonly LogEvent[]>): Comparison {
  const violations: string[] = [];
  let lines = 0;
  const folder = join(home, 'runs');
  const runIds = (existsSync(folder) ? readdirSync(folder) : []).filter((runId) =>
    existsSync(join(folder, runId, 'run.json')),
  );
  for (const runId of runIds) {
    const { conversationId } = JSON.parse(readFileSync(join(folder, runId, 'run.json'), 'utf8'));
    const spool = readFileSync(join(folder, runId, 'spool'), 'utf8');
    lines += spool.split('\n').length - 1;
    const said = joined(translateSpool(spool).map(({ draft }) => draft));
    const events = logs.get(conversationId) ?? [];
    const logged = joined(events.filter(({ source }) => isFrom(source, runId)).map(withoutEnvelope));
    const at = said.findIndex((draft, index) => canonical(draft) !== canonical(logged[index] ?? null));
    if (at >= 0)
      violations.push(
        `run ${runId}: what it said at ${at} is ${canonical(said[at])}, but logged is ${canonical(logged[at] ?? null)}`,
      );
    else if (logged.length > said.length)
      violations.push(`run ${runId}: logged beyond what it said: ${canonical(logged[said.length])}`);
  }
  return { lines, runs: runIds.length, violations };
}

interface Said {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** How deltas were gathered into batches is chance; their text is not. */
function joined(drafts: readonly Said[]): Said[] {
  const result: Said[] = [];
  for (const draft of drafts) {
    const before = result.at(-1);
    const goesOn = before?.type === draft.type && before['blockId'] === draft['blockId'];
    if (before && goesOn && draft.type.endsWith('.delta'))
      result[result.length - 1] = { ...draft, text: `${before['text']}${draft['text']}` };
    else result.push(draft);
  }
  return result;
}

function withoutEnvelope({ id, at, source, ...draft }: LogEvent): Said {
  return draft;
}

function isFrom(source: unknown, runId: string): boolean {
  return typeof source === 'object' && source !== null && 'runId' in source && source.runId === runId;
}
