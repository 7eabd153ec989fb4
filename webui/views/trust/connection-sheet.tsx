// How this device is connected: whether the computer is there, how far its certificate is trusted, and how to know it.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { connectionWords } from '../../connection/connection-state.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { certificateWords } from './certificate-words.ts';
import { checkTrust, type Trusted } from './check-trust.ts';

export function ConnectionSheet() {
  const { connection, store } = useApp();
  const state = connection.state.value;
  const { certificate } = store.lobby.value;
  const trusted = useSignal<Trusted | undefined>(certificate.level === 'trusted' ? undefined : 'unknown');
  useEffect(() => {
    if (certificate.level !== 'trusted') return;
    void checkTrust().then((found) => {
      trusted.value = found;
    });
  }, [certificate.level]);
  const now = trusted.value;
  return (
    <Sheet label="Connection">
      <div class="connection-sheet">
        <section>
          <h2>{state.kind === 'live' ? 'Connected' : 'Not connected'}</h2>
          <p class="quiet">
            {state.kind === 'live' ? (
              <span dir="ltr">{location.host}</span>
            ) : (
              connectionWords(state, Date.now()).why
            )}
          </p>
        </section>
        {now !== undefined && <Certificate trusted={now} />}
      </div>
    </Sheet>
  );
}

function Certificate({ trusted }: { trusted: Trusted }) {
  const { certificate } = useApp().store.lobby.value;
  const { title, explanation } = certificateWords(certificate, { host: location.hostname, trusted });
  const isToBeTrusted = certificate.level === 'trusted' && trusted !== 'yes';
  return (
    <>
      <section>
        <h2>{title}</h2>
        <p class="quiet">{explanation}</p>
        {certificate.notice !== '' && <p>{certificate.notice}</p>}
      </section>
      {isToBeTrusted && (
        <a class="button primary" href="/trust">
          Trust this computer
        </a>
      )}
      {certificate.level === 'selfSigned' && (
        <p class="quiet">
          To be rid of warnings for good, see <a href="/trust">Trust this computer</a>.
        </p>
      )}
      {certificate.fingerprint !== '' && (
        <section>
          <h3 class="quiet">Certificate, SHA-256</h3>
          <p class="fingerprint">{certificate.fingerprint}</p>
        </section>
      )}
    </>
  );
}
