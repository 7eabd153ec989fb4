// Open requests, docked above the composer until they are answered on any device. One is shown at a time; all are counted
// and within reach, and what was picked or typed for one stays while another is looked at.
import { useSignal } from '@preact/signals';
import { ChevronLeft, ChevronRight } from 'lucide';
import { useRef } from 'preact/hooks';
import type { PermissionRequest } from '../../../daemon/protocol/view.ts';
import { Icon } from '../../tools/icon.tsx';
import { lazyPart } from '../../tools/lazy-part.tsx';
import type { RequestProps } from './answering.ts';
import { useFocusAfterwards } from './focus-afterwards.ts';
import { requestQuestion, requestsSaid } from './request-words.ts';

const Permission = lazyPart<RequestProps>(async () => (await import('./permission.tsx')).Permission);
const Questions = lazyPart<RequestProps>(async () => (await import('./question.tsx')).AskedQuestions);
const Plan = lazyPart<RequestProps>(async () => (await import('./plan.tsx')).Plan);

interface Props {
  readonly conversationId: string;
  readonly requests: readonly PermissionRequest[];
  readonly cwd: string;
}

export function RequestDock({ conversationId, requests, cwd }: Props) {
  const section = useRef<HTMLElement>(null);
  const chosen = useSignal<string | undefined>(undefined);
  const found = requests.findIndex((request) => request.requestId === chosen.value);
  const index = Math.max(0, found);
  const shown = requests[index];
  useFocusAfterwards(section, shown?.requestId);
  if (!shown) return null;
  const choose = (step: number) => {
    chosen.value = requests[index + step]?.requestId;
  };
  return (
    <section
      ref={section}
      tabIndex={-1}
      class={`request ${kindOf(shown)}`}
      aria-label={`Claude asks: ${requestQuestion(shown.tool, shown.input)}`}
    >
      <header>
        <h2>{requestQuestion(shown.tool, shown.input)}</h2>
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
      {requests.map((request) => (
        <div key={request.requestId} class="one-request" hidden={request !== shown}>
          <Asked conversationId={conversationId} request={request} cwd={cwd} />
        </div>
      ))}
    </section>
  );
}

/** Says a request aloud when it comes. In the page before there is one, else a screen reader misses the first. */
export function RequestsSaid({ requests }: Pick<Props, 'requests'>) {
  return (
    <p class="unsaid" role="status">
      {requestsSaid(requests)}
    </p>
  );
}

type Kind = 'permission' | 'questions' | 'plan';

function kindOf({ tool }: PermissionRequest): Kind {
  if (tool === 'AskUserQuestion') return 'questions';
  return tool === 'ExitPlanMode' ? 'plan' : 'permission';
}

function Asked(props: RequestProps) {
  const kind = kindOf(props.request);
  switch (kind) {
    case 'questions':
      return <Questions {...props} />;
    case 'plan':
      return <Plan {...props} />;
    case 'permission':
      return <Permission {...props} />;
    default:
      return kind satisfies never;
  }
}
