// Claude's plan, before it begins: Go in one of two ways, or back to Claude with words. A tap on a piece of the plan quotes
// it into those words; the plan itself may be edited, and is then carried out as edited.
import { useSignal } from '@preact/signals';
import { Pencil } from 'lucide';
import { useMemo } from 'preact/hooks';
import { textField } from '../../../daemon/protocol/fields.ts';
import { Icon } from '../../tools/icon.tsx';
import { type RequestProps, useAnswering } from './answering.ts';
import { jsonOf, withFields } from './json.ts';
import { piecesOf, withQuote } from './plan-pieces.ts';
import { PlanText } from './plan-text.tsx';
import { SaidWords } from './said-words.tsx';
import { Trouble } from './trouble.tsx';

type Step = 'reading' | 'changing' | 'editing';
const acceptEdits = { type: 'setMode', mode: 'acceptEdits', destination: 'session' };

export function Plan(props: RequestProps) {
  const { input } = props.request;
  const answering = useAnswering(props);
  const written = textField(input, 'plan');
  const plan = useSignal(written);
  const pieces = useMemo(() => piecesOf(plan.value), [plan.value]);
  const step = useSignal<Step>('reading');
  const words = useSignal('');
  const quotes = useSignal(0);
  const isEdited = plan.value !== written;

  const goOn = (updatedPermissions: (typeof acceptEdits)[]) =>
    answering.answer({
      behavior: 'allow',
      updatedInput: isEdited ? withFields(input, { plan: plan.value }) : jsonOf(input),
      ...(updatedPermissions.length > 0 ? { updatedPermissions } : {}),
    });

  return (
    <>
      <div class="request-body">
        {step.value === 'editing' ? (
          <textarea
            class="exact-text"
            dir="auto"
            rows={10}
            aria-label="The plan"
            value={plan}
            onInput={(event) => {
              plan.value = event.currentTarget.value;
            }}
          />
        ) : (
          <PlanText
            pieces={pieces}
            onQuote={(text) => {
              words.value = withQuote(words.value, text);
              quotes.value += 1;
              step.value = 'changing';
            }}
          />
        )}
      </div>
      <div class="answer">
        <Trouble of={answering} />
        {isEdited && <p class="aside">Edited by you.</p>}
        {answer()}
      </div>
    </>
  );

  function answer() {
    if (step.value === 'changing') {
      return (
        <SaidWords
          key={quotes.value}
          words={words}
          label="What to change in the plan"
          placeholder="What should be different? Tap a part of the plan to quote it."
          act="Ask for changes"
          tone="primary"
          answering={answering}
          onBack={() => go('reading')}
          onSaid={(said) =>
            answering.deny(isEdited ? `${said.trim()}\n\nThe plan as I edited it:\n\n${plan.value}` : said)
          }
        />
      );
    }
    return (
      <>
        <div class="asking">
          <button type="button" class="button" onClick={() => go('changing')}>
            Change…
          </button>
          {step.value === 'editing' ? (
            <button type="button" class="button" onClick={() => go('reading')}>
              Done editing
            </button>
          ) : (
            <button
              type="button"
              class="button just-icon"
              aria-label="Edit the plan"
              onClick={() => go('editing')}
            >
              <Icon of={Pencil} />
            </button>
          )}
        </div>
        <div class="asking ways">
          <button type="button" class="button" disabled={answering.isRunning} onClick={() => goOn([])}>
            Go, ask before edits
          </button>
          <button
            type="button"
            class="button primary"
            disabled={answering.isRunning}
            onClick={() => goOn([acceptEdits])}
          >
            Go, edits accepted
          </button>
        </div>
      </>
    );
  }

  function go(to: Step) {
    step.value = to;
  }
}
