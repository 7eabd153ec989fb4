// Requests that Porchlight makes of a running `claude` and their answers, matched by id. Holds what is open and nothing else.
import type { Clock, Dispose } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';

/** An answer that takes longer than this, ms, will not come. */
const patience = 20_000;

export interface Control {
  /** Resolves with what the CLI answers. Rejects with `claude_unavailable` and its words when it refuses or stays silent. */
  request(request: { readonly subtype: string; readonly [field: string]: unknown }): Promise<unknown>;
  /** To be fed with every control_response line. */
  answered(response: {
    request_id: string;
    subtype: string;
    response?: unknown;
    error?: string | null | undefined;
  }): void;
  /** The run is over: nothing more will be answered. */
  close(): void;
}

interface Open {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly cancel: Dispose;
}

export function createControl(options: { send: (line: unknown) => Promise<void>; clock: Clock }): Control {
  const { send, clock } = options;
  const open = new Map<string, Open>();
  // Answers to a daemon that was here before may still stand in the spool, so ids must not come twice.
  const prefix = `porchlight-${clock.now().toString(36)}`;
  let count = 0;

  function settle(requestId: string): Open | undefined {
    const waiting = open.get(requestId);
    open.delete(requestId);
    waiting?.cancel();
    return waiting;
  }

  return {
    request(request) {
      count += 1;
      const requestId = `${prefix}-${count}`;
      const answer = new Promise<unknown>((resolve, reject) => {
        const cancel = clock.after(patience, () =>
          settle(requestId)?.reject(silent(`Claude Code did not answer ${request.subtype}.`)),
        );
        open.set(requestId, { resolve, reject, cancel });
      });
      send({ type: 'control_request', request_id: requestId, request }).catch((error: unknown) =>
        settle(requestId)?.reject(error instanceof Error ? error : new Error(String(error))),
      );
      return answer;
    },
    answered({ request_id: requestId, subtype, response, error }) {
      const waiting = settle(requestId);
      if (subtype === 'success') waiting?.resolve(response);
      else waiting?.reject(silent(error || 'Claude Code refused.'));
    },
    close() {
      for (const requestId of [...open.keys()]) settle(requestId)?.reject(silent('Claude Code has ended.'));
    },
  };
}

function silent(words: string): AppError {
  return new AppError('claude_unavailable', words);
}
