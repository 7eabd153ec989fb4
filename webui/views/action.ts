// Something that a button does and that takes a while: whether it runs, and what went wrong, for the view to show.
import { type Signal, useSignal } from '@preact/signals';
import { AppError } from '../../daemon/protocol/errors.ts';
import { Unreachable } from '../http.ts';

export interface Action {
  readonly isRunning: Signal<boolean>;
  /** A sentence; empty when all is well. */
  readonly trouble: Signal<string>;
  /** Runs it unless it runs already. */
  run(act: () => Promise<void>): void;
}

export function useAction(): Action {
  const isRunning = useSignal(false);
  const trouble = useSignal('');
  return {
    isRunning,
    trouble,
    run(act) {
      if (isRunning.value) return;
      isRunning.value = true;
      trouble.value = '';
      act()
        .catch((error: unknown) => {
          trouble.value = sentenceOf(error);
        })
        .finally(() => {
          isRunning.value = false;
        });
    },
  };
}

/** For a person; rethrows what is no outside failure. */
export function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof Unreachable) return 'The computer did not answer. Try again when it is there.';
  throw error;
}
