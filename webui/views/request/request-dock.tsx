// Open permission requests, docked above the composer until they are answered on any device. One is shown at a time; all
// are counted and within reach.
import { useSignal } from '@preact/signals';
import { ChevronLeft, ChevronRight } from 'lucide';
import type { PermissionRequest } from '../../../daemon/protocol/view.ts';
import { Icon } from '../../tools/icon.tsx';
import { lazyPart } from '../../tools/lazy-part.tsx';
import type { PermissionBodyProps } from '../../tools/permission-body.tsx';
import { Answer } from './answer.tsx';
import { requestQuestion } from './request-words.ts';

const RequestBody = lazyPart<PermissionBodyProps>(
  async () => (await import('./request-body.tsx')).RequestBody,
);

interface Props {
  readonly conversationId: string;
  readonly requests: readonly PermissionRequest[];
  readonly cwd: string;
}

export function RequestDock({ conversationId, requests, cwd }: Props) {
  const chosen = useSignal<string | undefined>(undefined);
  const found = requests.findIndex((request) => request.requestId === chosen.value);
  const index = Math.max(0, found);
  const request = requests[index];
  if (!request) return null;
  const choose = (step: number) => {
    chosen.value = requests[index + step]?.requestId;
  };
  return (
    <section class="request" aria-label="Claude asks">
      <header>
        <h2>{requestQuestion(request.tool, request.input)}</h2>
        {requests.length > 1 && (
          <nav aria-label="Requests">
            <button
              type="button"
              class="plain"
              aria-label="Previous request"
              disabled={index === 0}
              onClick={() => choose(-1)}
            >
              <Icon of={ChevronLeft} />
            </button>
            <span>
              {index + 1} of {requests.length}
            </span>
            <button
              type="button"
              class="plain"
              aria-label="Next request"
              disabled={index === requests.length - 1}
              onClick={() => choose(1)}
            >
              <Icon of={ChevronRight} />
            </button>
          </nav>
        )}
      </header>
      <div class="request-body">
        <Why request={request} />
        <RequestBody key={request.requestId} tool={request.tool} input={request.input} cwd={cwd} />
      </div>
      <Answer key={request.requestId} conversationId={conversationId} request={request} />
    </section>
  );
}

/** Why it has to be asked at all, when Claude Code says so. */
function Why({ request: { reason, blockedPath } }: { request: PermissionRequest }) {
  if (!reason && !blockedPath) return null;
  return (
    <p class="why" dir="auto">
      {reason}
      {blockedPath && !reason?.includes(blockedPath) && (
        <>
          {' '}
          <code>{blockedPath}</code>
        </>
      )}
    </p>
  );
}
