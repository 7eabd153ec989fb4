// Recorded sessions as golden files: what the CLI printed (`*.jsonl`), what people and the daemon did meanwhile (`*.said.json`),
// and what both together mean: events and the view that a phone shows. Pure but for reading the files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConversationDraft } from '../protocol/events.ts';
import { fold } from '../protocol/fold.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { translateSpool } from './translate-spool.ts';

/** An event that did not come from the CLI. */
export interface Said {
  /** How many lines the CLI had printed before it. */
  readonly afterLine: number;
  readonly draft: ConversationDraft;
}

export interface Transcript {
  readonly spool: string;
  readonly said: readonly Said[];
}

export interface Meaning {
  readonly events: ReturnType<typeof translateSpool>;
  readonly view: ConversationView;
}

export const transcriptFolder = 'e2e/transcripts';

/** `<version>/<scenario>` of every session that was recorded. */
export function transcriptNames(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl'))
    .map((path) => path.slice(0, -'.jsonl'.length))
    .toSorted();
}

export function readTranscript(folder: string, name: string): Transcript {
  const read = (ending: string) => readFileSync(join(folder, `${name}${ending}`), 'utf8');
  return { spool: read('.jsonl'), said: JSON.parse(read('.said.json')) };
}

export function meaningOf({ spool, said }: Transcript): Meaning {
  const events = translateSpool(spool);
  const view = merged(events, said)
    .map((draft, index) => ({ ...draft, id: index + 1, at: 1000 * (index + 1) }))
    .reduce<ConversationView>(fold, emptyView);
  return { events, view };
}

function merged(events: Meaning['events'], said: readonly Said[]): ConversationDraft[] {
  const drafts: ConversationDraft[] = [];
  let next = 0;
  for (const { afterLine, draft } of said) {
    for (; (events[next]?.line ?? Number.POSITIVE_INFINITY) <= afterLine; next += 1) {
      const event = events[next];
      if (event) drafts.push(event.draft);
    }
    drafts.push(draft);
  }
  return [...drafts, ...events.slice(next).map((event) => event.draft)];
}
