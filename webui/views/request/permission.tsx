// A tool that Claude may not use unasked: what it would do, and Allow, Always, Deny with a reason, or a changed command.
import { useSignal } from '@preact/signals';
import { Pencil } from 'lucide';
import type { PermissionRequest } from '../../../daemon/protocol/view.ts';
import { textField } from '../../../daemon/protocol/fields.ts';
import { Icon } from '../../tools/icon.tsx';
import { shownPath } from '../../tools/paths.ts';
import { PermissionBody } from '../../tools/permission-body.tsx';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';
import { alwaysChoices } from './always-choices.ts';
import { Always } from './always.tsx';
import { type RequestProps, useAnswering } from './answering.ts';
import { CommandEditor } from './command-editor.tsx';
import { withFields } from './json.ts';
import { type Asked, riskWords, risksOf } from '../../../daemon/protocol/risk/risk.ts';
import { SaidWords } from './said-words.tsx';
import { Trouble } from './trouble.tsx';

type Step = 'asking' | 'always' | 'denying' | 'editing';

export function Permission(props: RequestProps) {
  const { request, cwd } = props;
  const { tool, input } = request;
  const answering = useAnswering(props);
  const step = useSignal<Step>('asking');
  const reason = useSignal('');
  const command = useSignal(textField(input, 'command'));
  const back = () => {
    step.value = 'asking';
  };
  return (
    <>
      <Risks asked={{ ...request, input: toRun(), cwd }} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: else a keyboard could not scroll it, in Safari at least */}
      <div class="request-body" tabIndex={0}>
        {body()}
      </div>
      <div class="answer">
        <Trouble of={answering} />
        {answer()}
      </div>
    </>
  );

  function body() {
    switch (step.value) {
      case 'always':
        return (
          <Always
            choices={alwaysChoices(request.suggestions)}
            answering={answering}
            onPick={({ permissions }) =>
              answering.answer({ behavior: 'allow', updatedPermissions: [...permissions] })
            }
          />
        );
      case 'editing':
        return <CommandEditor command={command} />;
      default:
        return (
          <>
            <PermissionBody tool={tool} input={input} cwd={cwd} />
            <Why request={request} cwd={cwd} />
          </>
        );
    }
  }

  function answer() {
    switch (step.value) {
      case 'asking':
        return <Asking request={request} disabled={answering.isRunning.value} onStep={go} onAllow={allow} />;
      case 'always':
        return (
          <div class="buttons">
            <button type="button" class="button" onClick={back}>
              Back
            </button>
          </div>
        );
      case 'denying':
        return (
          <SaidWords
            words={reason}
            label="Reason, told to Claude"
            placeholder="Why not? Claude is told. May stay empty."
            act="Deny"
            tone="bad"
            mayBeEmpty
            answering={answering}
            onBack={back}
            onSaid={answering.deny}
          />
        );
      case 'editing':
        return (
          <div class="buttons">
            <button type="button" class="button" onClick={back}>
              Back
            </button>
            <button
              type="button"
              class="button primary"
              disabled={answering.isRunning.value || command.value.trim() === ''}
              onClick={() =>
                answering.answer({
                  behavior: 'allow',
                  updatedInput: withFields(input, { command: command.value }),
                })
              }
            >
              Allow edited
            </button>
          </div>
        );
      default:
        return step.value satisfies never;
    }
  }

  /** The risk is told of what would run now, not of what was asked. */
  function toRun(): unknown {
    return step.value === 'editing' ? withFields(input, { command: command.value }) : input;
  }

  function go(to: Step) {
    step.value = to;
  }

  function allow() {
    answering.answer({ behavior: 'allow' });
  }
}

interface AskingProps {
  readonly request: PermissionRequest;
  readonly disabled: boolean;
  readonly onStep: (step: Step) => void;
  readonly onAllow: () => void;
}

function Asking({ request, disabled, onStep, onAllow }: AskingProps) {
  const isCommand = textField(request.input, 'command') !== '' && /^(Bash|PowerShell)$/.test(request.tool);
  return (
    <div class="asking">
      <button type="button" class="button" onClick={() => onStep('denying')}>
        Deny…
      </button>
      {alwaysChoices(request.suggestions).length > 0 && (
        <button type="button" class="button" onClick={() => onStep('always')}>
          Always…
        </button>
      )}
      {isCommand && (
        <button
          type="button"
          class="button just-icon"
          aria-label="Edit the command"
          onClick={() => onStep('editing')}
        >
          <Icon of={Pencil} />
        </button>
      )}
      <button type="button" class="button primary" disabled={disabled} onClick={onAllow}>
        Allow
      </button>
    </div>
  );
}

function Risks({ asked }: { asked: Asked }) {
  const risks = risksOf(asked);
  return (
    <p class="risks">
      {risks.map((risk) => (
        <span key={risk} class={`risk ${risk}`}>
          {riskWords[risk]}
        </span>
      ))}
    </p>
  );
}

/** Why it has to be asked at all, when Claude Code says so. */
function Why({ request: { reason, blockedPath }, cwd }: Pick<RequestProps, 'request' | 'cwd'>) {
  if (!reason && !blockedPath) return null;
  return (
    <p class="why" dir="auto">
      {reason}
      {blockedPath && !reason?.includes(blockedPath) && (
        <>
          {' '}
          <code>{visibleText(shownPath(blockedPath, cwd))}</code>
        </>
      )}
    </p>
  );
}
