// What a client did and saw, line by line in a file, written before it goes on: so that it still counts after the client was
// killed. Written by the clients, read by the checker.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export type JournalLine =
  /** The person pressed Send; the message is safe on the phone. */
  | { readonly did: 'send'; readonly log: string; readonly clientId: string; readonly text: string }
  /** The daemon said that it has the message. */
  | { readonly did: 'acked'; readonly log: string; readonly clientId: string; readonly eventId: number }
  /** The daemon refused a command for good. */
  | {
      readonly did: 'refused';
      readonly command: string;
      readonly code: string;
      readonly log?: string;
      readonly clientId?: string;
    }
  | { readonly did: 'created'; readonly log: string }
  /** About to ask for it; from here on the conversation may be gone. */
  | { readonly did: 'deleting'; readonly log: string }
  | { readonly did: 'deleted'; readonly log: string }
  /** A command other than message.send was acknowledged; `fits` must be in the log. */
  | { readonly did: 'done'; readonly log: string; readonly fits: Readonly<Record<string, unknown>> }
  | {
      readonly did: 'saw';
      readonly log: string;
      readonly epoch: string | undefined;
      readonly events: readonly SeenEvent[];
    }
  | { readonly did: 'reset'; readonly log: string; readonly epoch: string }
  | { readonly did: 'snapshot'; readonly log: string; readonly epoch: string; readonly last: number }
  /** Events came that do not join what the client has. */
  | { readonly did: 'gap'; readonly log: string; readonly last: number; readonly got: number }
  | { readonly did: 'gone'; readonly log: string }
  | { readonly did: 'failed'; readonly error: string };

export interface SeenEvent {
  readonly id: number;
  readonly at: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

export type Journal = (line: JournalLine) => void;

export function openJournal(path: string): Journal {
  return (line) => appendFileSync(path, `${JSON.stringify(line)}\n`);
}

/** A last line that was cut off by the client's end is left out. */
export function readJournal(path: string): JournalLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as JournalLine);
}
