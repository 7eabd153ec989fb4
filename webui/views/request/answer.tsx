// Allow, or deny with a reason that Claude is told.
import { useSignal } from '@preact/signals';
import type { PermissionRequest } from '../../../daemon/protocol/view.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';

interface Props {
  readonly conversationId: string;
  readonly request: PermissionRequest;
}

export function Answer({ conversationId, request }: Props) {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const isDenying = useSignal(false);
  const reason = useSignal('');
  const { requestId } = request;

  const answer = (behavior: 'allow' | 'deny') =>
    run(async () => {
      const message = behavior === 'deny' ? reason.value.trim() : '';
      const why = message === '' ? {} : { message };
      await command('permission.answer', { conversationId, requestId, behavior, ...why });
    });

  return (
    <div class="answer">
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {isDenying.value ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            answer('deny');
          }}
        >
          <input
            type="text"
            dir="auto"
            aria-label="Reason, told to Claude"
            placeholder="Why not? Claude is told. May stay empty."
            ref={(field) => field?.focus()}
            value={reason}
            onInput={(event) => {
              reason.value = event.currentTarget.value;
            }}
          />
          <div class="buttons">
            <button
              type="button"
              class="button"
              onClick={() => {
                isDenying.value = false;
              }}
            >
              Back
            </button>
            <button type="submit" class="button bad" disabled={isRunning}>
              Deny
            </button>
          </div>
        </form>
      ) : (
        <div class="buttons">
          <button
            type="button"
            class="button"
            onClick={() => {
              isDenying.value = true;
            }}
          >
            Deny…
          </button>
          <button type="button" class="button primary" disabled={isRunning} onClick={() => answer('allow')}>
            Allow
          </button>
        </div>
      )}
    </div>
  );
}
