// The files that fit what is typed behind an `@`, asked of the computer: one question at a time, the latest wins. What was found
// stays until the next answer, as far as it may fit what is typed by now, so that the list does not flicker.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { CommandResult } from '../../../../daemon/protocol/commands.ts';
import type { App } from '../../../app.ts';
import { answerOrNothing } from './known-catalog.ts';

type Files = CommandResult<'file.suggest'>['files'];

export interface Found {
  /** What they were found for. */
  readonly query: string;
  readonly files: Files;
}

export interface FoundFiles {
  readonly found: ReadonlySignal<Found>;
  /** Asks for what fits `query`. */
  find(query: string): void;
  /** Nothing is wanted any more. */
  clear(): void;
}

const nothing: Found = { query: '', files: [] };

export function createFoundFiles(conversationId: string, command: App['command']): FoundFiles {
  const found = signal<Found>(nothing);
  let wanted: string | undefined;
  let asking: string | undefined;

  async function ask(): Promise<void> {
    while (wanted !== undefined && wanted !== asking) {
      const query = wanted;
      asking = query;
      const answer = await answerOrNothing(command('file.suggest', { conversationId, query }));
      if (wanted !== undefined) found.value = { query, files: answer?.files ?? [] };
    }
    asking = undefined;
  }

  return {
    found,
    find(query) {
      wanted = query;
      if (asking === undefined) void ask();
    },
    clear() {
      wanted = undefined;
      found.value = nothing;
    },
  };
}
