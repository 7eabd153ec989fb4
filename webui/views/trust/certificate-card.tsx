// The certificate on the computer's own page: which level is in force, the fingerprint to compare with the phone, and the one act
// that turns another level on.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CertificateLevel, CertificateReport } from '../../../daemon/protocol/certificate.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';

export function CertificateCard() {
  const { command, connection, identity, store } = useApp();
  const { level, authority, fingerprint, names, notice } = store.lobby.value.certificate;
  const isLive = connection.state.value.kind === 'live';
  const isComputer = identity.kind === 'computer';
  const report = useSignal<CertificateReport | undefined>(undefined);
  const looking = useAction();
  const { isRunning, trouble, run } = useAction();
  useEffect(() => {
    if (isLive)
      looking.run(async () => {
        report.value = await command('certificate.show', {});
      });
  }, [isLive, level]);
  const use = (wanted: CertificateLevel) =>
    run(async () => {
      await command('certificate.use', { level: wanted });
    });
  const choice = (wanted: CertificateLevel, label: string) => (
    <button type="button" class="button" disabled={isRunning.value || !isLive} onClick={() => use(wanted)}>
      {label}
    </button>
  );
  if (fingerprint === '') return null;
  const offer = report.value?.offer;

  return (
    <section class="certificate-card" aria-labelledby="certificate">
      <h2 id="certificate">{titles[level]}</h2>
      {notice !== '' && <p>{notice}</p>}
      {level === 'selfSigned' && (
        <p class="quiet">
          Phones can do without the warning: they are shown this computer’s own authority, which vouches for
          private networks only. It takes a minute on each phone.
        </p>
      )}
      {level === 'trusted' && (
        <>
          <p class="quiet">
            On the phone, tap the lantern and “Trust this computer”. Until then it warns once more. Both must
            show:
          </p>
          <p class="fingerprint">{(authority ?? '').replaceAll(':', '').replaceAll(/.{4}(?=.)/g, '$& ')}</p>
          <p>
            <a href="/trust">See the steps</a>
          </p>
        </>
      )}
      {level === 'own' && <p class="quiet">For {names.join(', ')}.</p>}
      {offer && level !== 'own' && (
        <p class="quiet">
          Tailscale has a certificate for {offer.name} that every browser trusts. To get it this is run:{' '}
          <code class="command">{offer.command.join(' ')}</code>
        </p>
      )}
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {isComputer && level === 'selfSigned' && choice('trusted', 'Let phones trust this computer')}
      {isComputer && offer && level !== 'own' && choice('own', 'Use the one from Tailscale')}
      {isComputer && level !== 'selfSigned' && choice('selfSigned', 'Go back to the self-signed certificate')}
    </section>
  );
}

const titles: Readonly<Record<CertificateLevel, string>> = {
  selfSigned: 'Encrypted; each phone warns once',
  trusted: 'Phones can trust this computer',
  own: 'Your own certificate',
};
