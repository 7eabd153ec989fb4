// The phone that scanned the code, or where it is typed: shows six digits, waits for Allow on the computer, then lets the app in.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { AppError } from '../../../daemon/protocol/errors.ts';
import type { Database } from '../../database.ts';
import type { Identity } from '../../identity.ts';
import { keepIdentity } from '../../kept-identity.ts';
import { sentenceOf } from '../action.ts';
import { Lantern } from '../lantern.tsx';
import { deviceLabel } from './device-label.ts';
import { digitGroups } from './digits.ts';
import { offerPairing, WrongComputer } from './pair-steps.ts';
import { TypeCode } from './type-code.tsx';

interface Props {
  /** Undefined where the code is to be typed. */
  readonly scanned: { readonly code: string; readonly daemonId: string } | undefined;
  readonly database: Database;
  readonly onPaired: (identity: Identity) => void;
}

type Step =
  /** `trouble`: with the code that was typed before. */
  | { readonly kind: 'typing'; readonly trouble: string }
  | { readonly kind: 'asking' }
  | { readonly kind: 'comparing'; readonly digits: string }
  | { readonly kind: 'failed'; readonly title: string; readonly sentence: string };

const usedUp = {
  kind: 'failed',
  title: 'Not paired',
  sentence: 'This code is used up or too old.',
} as const;
const denied = {
  kind: 'failed',
  title: 'Denied',
  sentence: 'Somebody pressed Deny on the computer.',
} as const;
const expired = {
  kind: 'failed',
  title: 'Too late',
  sentence: 'Nobody answered on the computer within a minute.',
} as const;

export function PairPhone({ scanned, database, onPaired }: Props) {
  const step = useSignal<Step>(scanned ? { kind: 'asking' } : { kind: 'typing', trouble: '' });
  useEffect(() => {
    if (scanned) void begin(scanned);
  }, []);

  async function begin(from: { code: string; daemonId: string | undefined }): Promise<void> {
    step.value = { kind: 'asking' };
    try {
      await pair(from);
    } catch (error) {
      if (!scanned && step.value.kind === 'asking') step.value = { kind: 'typing', trouble: told(error) };
      else
        step.value = isUsedUp(error)
          ? usedUp
          : { kind: 'failed', title: 'Not paired', sentence: told(error) };
    }
  }

  async function pair(from: { code: string; daemonId: string | undefined }): Promise<void> {
    const offer = await offerPairing({ ...from, label: deviceLabel(navigator.userAgent) });
    step.value = { kind: 'comparing', digits: offer.digits };
    const end = await offer.settled();
    if (end.state === 'allowed') {
      await keepIdentity(database, end.identity);
      onPaired(end.identity);
    } else {
      step.value = end.state === 'denied' ? denied : expired;
    }
  }

  const now = step.value;
  return (
    <main class="door" aria-live="polite">
      <Lantern isLit={now.kind === 'comparing'} />
      {now.kind === 'asking' && scanned && <p>Asking the computer…</p>}
      {(now.kind === 'typing' || (now.kind === 'asking' && !scanned)) && (
        <TypeCode
          trouble={now.kind === 'typing' ? now.trouble : ''}
          isAsking={now.kind === 'asking'}
          onCode={(code) => void begin({ code, daemonId: undefined })}
        />
      )}
      {now.kind === 'comparing' && <Comparing digits={now.digits} />}
      {now.kind === 'failed' && (
        <>
          <h1>{now.title}</h1>
          <p role="alert">{now.sentence}</p>
          {scanned ? (
            <p>Show a new code on the computer, and scan that one.</p>
          ) : (
            <button
              type="button"
              class="button"
              onClick={() => {
                step.value = { kind: 'typing', trouble: '' };
              }}
            >
              Type another code
            </button>
          )}
        </>
      )}
    </main>
  );
}

function told(error: unknown): string {
  return error instanceof WrongComputer ? error.message : sentenceOf(error);
}

function isUsedUp(error: unknown): boolean {
  return error instanceof AppError && error.code === 'pairing_over';
}

function Comparing({ digits }: { digits: string }) {
  return (
    <>
      <h1>Same digits on the computer?</h1>
      <p class="digits">
        {digitGroups(digits).map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </p>
      <p>Check that the computer shows the same, then press Allow there.</p>
      <p class="aside">If it shows others, press Deny: somebody else is asking.</p>
    </>
  );
}
