// The files that fit what is typed behind an `@`, asked of the computer: one question at a time, the latest wins. What was found
// stays until the next answer, so that the list does not flicker.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { CommandResult } from '../../../../daemon/protocol/commands.ts';
import type { App } from '../../../app.ts';
import { answerOrNothing } from './known-catalog.ts';

export type Files = CommandResult<'file.suggest'>['files'];

export interface FoundFiles {
  readonly files: ReadonlySignal<Files>;
  /** Asks for what fits `query`. */
  find(query: string): void;
  /** Nothing is wanted any more. */
  clear(): void;
}

export function createFoundFiles(conversationId: string, command: App['command']): FoundFiles {
  const files = signal<Files>([]);
  let wanted: string | undefined;
  let asking: string | undefined;

  async function ask(): Promise<void> {
    while (wanted !== undefined && wanted !== asking) {
      const query = wanted;
      asking = query;
      const found = await answerOrNothing(command('file.suggest', { conversationId, query }));
      if (wanted !== undefined) files.value = found?.files ?? [];
    }
    asking = undefined;
  }

  return {
    files,
    find(query) {
      wanted = query;
      if (asking === undefined) void ask();
    },
    clear() {
      wanted = undefined;
      files.value = [];
    },
  };
}
