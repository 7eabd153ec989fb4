// A red line on every screen for as long as the computer can be reached from the internet: where, and the way there for this device;
// at the computer, the end of it.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Remote, remoteWords } from '../../../daemon/protocol/remote.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';

export function RemoteLine() {
  const { store, identity } = useApp();
  const { remote } = store.lobby.value;
  if (!remote) return null;
  return (
    <section class="remote-line" role="status" aria-label="Internet">
      <p>
        <strong>{remoteWords}</strong>{' '}
        <span dir="ltr">
          {new URL(remote.url).host} ({remote.via})
        </span>
      </p>
      {identity.kind === 'computer' ? <End /> : <GoThere remote={remote} />}
    </section>
  );
}

function End() {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const end = () => run(async () => void (await command('remote.stop', {})));
  return (
    <>
      {trouble.value !== '' && <p role="alert">{trouble}</p>}
      <button type="button" class="plain" disabled={isRunning.value} onClick={end}>
        End it
      </button>
    </>
  );
}

/** This device goes on there as it is; its place here moves along. */
function GoThere({ remote }: { remote: Remote }) {
  const { move } = useApp();
  const href = useSignal<string | undefined>(undefined);
  useEffect(() => {
    void move.linkTo(remote.url).then((link) => {
      href.value = link;
    });
  }, [remote.url]);
  if (href.value === undefined || remote.url === location.origin) return null;
  return (
    <a class="plain" href={href.value}>
      Go on there
    </a>
  );
}
