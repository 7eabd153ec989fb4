// Gives a person's answer to one request: whether it is on its way, and what went wrong. Knows nothing of how it is asked.
import type { CommandInput } from '../../../daemon/protocol/commands.ts';
import type { PermissionRequest } from '../../../daemon/protocol/view.ts';
import { type Action, useAction } from '../action.ts';
import { useApp } from '../app-context.ts';

export interface RequestProps {
  readonly conversationId: string;
  readonly request: PermissionRequest;
  /** The conversation's folder. */
  readonly cwd: string;
}

type Given = Omit<CommandInput<'permission.answer'>, 'conversationId' | 'requestId'>;

export interface Answering extends Omit<Action, 'run'> {
  answer(given: Given): void;
  /** Without words, Claude is told only that it may not. */
  deny(words: string): void;
}

export function useAnswering({ conversationId, request }: RequestProps): Answering {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const { requestId } = request;
  const answer = (given: Given) =>
    run(async () => {
      await command('permission.answer', { conversationId, requestId, ...given });
    });
  return {
    isRunning,
    trouble,
    answer,
    deny(words) {
      const message = words.trim();
      answer({ behavior: 'deny', ...(message === '' ? {} : { message }) });
    },
  };
}
