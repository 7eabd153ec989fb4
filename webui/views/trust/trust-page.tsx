// The page that leads a phone to trusting this computer for good, step by step, and says honestly whether it came to that. Open to
// devices that are not signed in: it asks the daemon for nothing but the certificate.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useAction } from '../action.ts';
import { Lantern } from '../lantern.tsx';
import { type Authority, fetchAuthority } from './authority.ts';
import { checkTrust, type Trusted } from './check-trust.ts';
import { type DeviceKind, deviceKind, unfitBrowser } from './device-kind.ts';
import { StepPicture } from './step-picture.tsx';
import { stepsFor } from './steps.ts';

const kinds: readonly (readonly [DeviceKind, string])[] = [
  ['iphone', 'iPhone'],
  ['android', 'Android'],
  ['computer', 'Computer'],
];

export function TrustPage() {
  const authority = useSignal<Authority | undefined>(undefined);
  const { isRunning, trouble, run } = useAction();
  const isLoaded = useSignal(false);
  const look = () =>
    run(async () => {
      authority.value = await fetchAuthority();
      isLoaded.value = true;
    });
  useEffect(look, []);

  return (
    <main class="screen trust-page">
      <header class="bar">
        <Lantern isLit={authority.value !== undefined} />
        <h1>Trust this computer</h1>
        <a href="/" class="plain">
          Done
        </a>
      </header>
      <div class="scroll">
        {trouble.value !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        {authority.value && <Steps authority={authority.value} />}
        {isLoaded.value && !authority.value && <TurnedOff />}
        {!authority.value && (isLoaded.value || trouble.value !== '') && (
          <button type="button" class="button" disabled={isRunning} onClick={look}>
            Look again
          </button>
        )}
      </div>
    </main>
  );
}

function TurnedOff() {
  return (
    <section class="trust-off">
      <p>This has to be turned on at the computer first.</p>
      <p class="quiet">
        There, click the lantern, choose “Pair a phone…” and press “Let phones trust this computer”. Or run{' '}
        <code>porchlight certificate trust</code>.
      </p>
    </section>
  );
}

function Steps({ authority: { name, fingerprint } }: { authority: Authority }) {
  const kind = useSignal(deviceKind(navigator.userAgent, navigator.maxTouchPoints));
  const unfit = unfitBrowser(navigator.userAgent, kind.value);
  return (
    <>
      <p>A few steps, once. After them this device knows the computer and no longer warns.</p>
      <fieldset class="kinds">
        <legend class="unsaid">Kind of device</legend>
        {kinds.map(([each, label]) => (
          <button
            key={each}
            type="button"
            class="kind"
            aria-pressed={kind.value === each}
            onClick={() => {
              kind.value = each;
            }}
          >
            {label}
          </button>
        ))}
      </fieldset>
      {unfit !== '' && <p class="unfit">{unfit}</p>}
      <section aria-labelledby="compare">
        <h2 id="compare">First compare</h2>
        <p>
          The computer must show the same: on its page “Pair a phone”, or with{' '}
          <code>porchlight certificate</code>.
        </p>
        <p class="fingerprint">{groups(fingerprint)}</p>
      </section>
      <ol class="trust-steps">
        {stepsFor(kind.value, name).map((step) => (
          <li key={step.words}>
            <p>{step.words}</p>
            {step.download && (
              <a class="button primary" href={step.download.href}>
                {step.download.label}
              </a>
            )}
            {step.picture && <StepPicture picture={step.picture} />}
          </li>
        ))}
      </ol>
      <Check />
      <details class="troubleshooting">
        <summary>What this allows, and how to undo it</summary>
        <p>
          The certificate can vouch for addresses of private networks and names that end in .local, and for
          nothing else. Its key stays on the computer. To undo it, remove “{name}” in this device’s settings,
          where you put it.
        </p>
      </details>
    </>
  );
}

const outcomes: Readonly<Record<Trusted, string>> = {
  yes: 'It worked: this device trusts the computer.',
  no: 'Not yet. If you did every step, close the browser and open this page again; on an iPhone look whether the switch in step 3 is on.',
  unknown:
    'This browser does not say. Private windows and browsers inside other apps cannot tell; try it in Safari or Chrome.',
};

function Check() {
  const outcome = useSignal<Trusted | undefined>(undefined);
  const { isRunning, trouble, run } = useAction();
  const check = () =>
    run(async () => {
      outcome.value = undefined;
      outcome.value = await checkTrust();
    });
  return (
    <section class="trust-check">
      <button type="button" class="button" disabled={isRunning} onClick={check}>
        Check that it worked
      </button>
      <p role="status" class={outcome.value}>
        {trouble.value || (outcome.value && outcomes[outcome.value])}
      </p>
    </section>
  );
}

/** In fours, which are easier to compare; a line may break between them. */
function groups(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').replaceAll(/.{4}(?=.)/g, '$& ');
}
