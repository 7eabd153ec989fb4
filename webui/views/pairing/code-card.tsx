// The code to scan, the address below it, and how long it lives.
import { everySecond } from '../../computer-clock.ts';
import { QrCode } from './qr-code.tsx';
import type { ShownCode } from './shown-code.ts';

interface Props {
  readonly code: ShownCode;
  readonly onRenew: () => void;
  readonly isRenewing: boolean;
}

export function CodeCard({ code, onRenew, isRenewing }: Props) {
  const left = Math.ceil((code.expiresAt - everySecond.value) / 1000);
  const isOver = left <= 0;
  return (
    <section class={isOver ? 'code-card over' : 'code-card'} aria-label="Code to scan">
      <QrCode modules={code.modules} label="QR code for the phone’s camera" />
      <p>Point the phone’s camera at the code.</p>
      <p class="address" dir="ltr">
        {new URL(code.url).origin}
      </p>
      {isOver ? (
        <button type="button" class="button primary" disabled={isRenewing} onClick={onRenew}>
          Show a new code
        </button>
      ) : (
        <>
          <Typed code={code} onRenew={onRenew} isRenewing={isRenewing} />
          {code.tailscale !== null && code.typed !== '' && (
            <p class="aside">
              With Tailscale on the phone, too:{' '}
              <span class="address" dir="ltr">
                {new URL(code.tailscale).host}/p
              </span>
            </p>
          )}
          <p class="aside">Good for one phone, {left} s more.</p>
        </>
      )}
    </section>
  );
}

/** For phones whose camera is of no use. */
function Typed({ code: { url, typed, typedAt }, onRenew, isRenewing }: Props) {
  const wait = Math.ceil((typedAt - everySecond.value) / 1000);
  if (typed !== '')
    return (
      <p>
        No camera? Open{' '}
        <span class="address" dir="ltr">
          {new URL(url).host}/p
        </span>{' '}
        and type{' '}
        <strong class="typed" dir="ltr">
          {typed}
        </strong>
      </p>
    );
  if (wait > 0)
    return (
      <p role="alert">
        Five wrong codes were typed. If that was not you, somebody else is trying. A new code to type comes in{' '}
        {wait} s.
      </p>
    );
  return (
    <button type="button" class="button" disabled={isRenewing} onClick={onRenew}>
      Show a code to type
    </button>
  );
}
