// A preview in a tab of its own: asks the computer for the way in and goes there. Where the preview is not up it says so, and can
// start it; then it goes on by itself.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { sentenceOf, useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { PlaceLink } from '../place-link.tsx';
import { InsteadOfPage } from './instead-of-page.tsx';
import { originOf } from './preview-address.ts';

export function OpenPreview({ previewId }: { previewId: string }) {
  const { store, command, connection } = useApp();
  const trouble = useSignal('');
  const action = useAction();
  const lobby = store.lobby.value;
  const preview = lobby.previews[previewId];
  const isReady = preview?.state === 'ready';
  useEffect(() => {
    if (!isReady) return;
    const state = connection.state.peek();
    const bridge = state.kind === 'live' && state.via === 'stream';
    command('preview.open', { previewId, bridge }).then(
      // In the stead of this page: Back must not lead here, which would lead on at once.
      ({ port, path }) => location.replace(`${originOf(port, location.hostname)}${path}`),
      (error: unknown) => {
        trouble.value = sentenceOf(error);
      },
    );
  }, [isReady]);
  const isKnown = preview !== undefined || lobby.last === 0;
  return (
    <main class="screen nothing">
      {preview ? (
        <InsteadOfPage preview={preview} action={action} tellClaude={undefined} />
      ) : (
        !isKnown && <p>There is no such preview any more.</p>
      )}
      {[trouble.value, action.trouble.value].map(
        (words) =>
          words !== '' && (
            <p key={words} class="trouble" role="alert">
              {words}
            </p>
          ),
      )}
      <PlaceLink to={{ kind: 'now' }} class="button">
        To Porchlight
      </PlaceLink>
    </main>
  );
}
