// How the computer is: everything that Porchlight needs there, each in a line, and for what is not well what mends it. What is amiss
// comes first. The looking is the computer's.
import { useSignal } from '@preact/signals';
import { ChevronLeft, CircleCheck, CircleX, TriangleAlert } from 'lucide';
import { useEffect } from 'preact/hooks';
import { type Check, partsOfFix } from '../../../daemon/protocol/doctor.ts';
import { CopyButton } from '../../markdown/copy-button.tsx';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { ConnectionLine } from '../connection-line.tsx';
import { inOrder, summaryWords } from './check-words.ts';

const looks = {
  bad: { icon: CircleX, words: 'Not well' },
  warning: { icon: TriangleAlert, words: 'Take care' },
  ok: { icon: CircleCheck, words: 'Well' },
} as const;

export function Doctor() {
  const { command, connection, navigation } = useApp();
  const { isRunning, trouble, run } = useAction();
  const checks = useSignal<readonly Check[] | undefined>(undefined);
  const isLive = connection.state.value.kind === 'live';
  const lookAgain = () =>
    run(async () => {
      checks.value = (await command('doctor.run', {})).checks;
    });
  useEffect(() => {
    if (isLive && checks.peek() === undefined) lookAgain();
  }, [isLive]);

  return (
    <main class="screen doctor">
      <header class="bar">
        <button type="button" class="plain back" aria-label="Back" onClick={() => navigation.back()}>
          <Icon of={ChevronLeft} />
        </button>
        <h1>Doctor</h1>
        <button type="button" class="plain" disabled={isRunning.value || !isLive} onClick={lookAgain}>
          Look again
        </button>
      </header>
      <ConnectionLine />
      <div class="scroll">
        <p class="summary" role="status">
          {isRunning.value ? 'The computer looks at itself…' : checks.value && summaryWords(checks.value)}
        </p>
        {trouble.value !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        <ul>
          {inOrder(checks.value ?? []).map((check) => (
            <Line key={`${check.name} ${check.sentence}`} check={check} />
          ))}
        </ul>
      </div>
    </main>
  );
}

function Line({ check: { name, state, sentence, fix } }: { check: Check }) {
  const { icon, words } = looks[state];
  const parts = partsOfFix(fix);
  return (
    <li class={`check ${state}`}>
      <span class="mark" role="img" aria-label={words}>
        <Icon of={icon} />
      </span>
      <div>
        <h2>{name}</h2>
        <p dir="auto">{sentence}</p>
        {fix !== '' && <p class="soft">{parts.words}</p>}
        {parts.command !== '' && (
          <div class="fix">
            <code dir="ltr">{parts.command}</code>
            <CopyButton text={parts.command} />
          </div>
        )}
      </div>
    </li>
  );
}
