// What else can be done with a preview: its own tab, start anew, stop, whether its page is listened to, whether it outlives Porchlight.
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';
import type { Action } from '../action.ts';
import { useApp } from '../app-context.ts';
import { pathOf } from '../../route.ts';
import { isUp } from './preview-words.ts';

export function MorePanel(props: {
  preview: PreviewSummary;
  action: Action;
  looksForErrors: boolean;
  onLookForErrors: (isOn: boolean) => void;
}) {
  const { preview, action, looksForErrors, onLookForErrors } = props;
  const { command, access, navigation } = useApp();
  const { previewId, kind, state, outlives, command: ran, folder, isExposed } = preview;
  const act = (type: 'preview.stop' | 'preview.restart') =>
    action.run(async () => void (await command(type, { previewId })));
  const forget = () =>
    action.run(async () => {
      await command('preview.forget', { previewId });
      navigation.go(navigation.place.value);
    });
  const mayDecide = access.scopes.includes('approve');
  const mayStop = access.scopes.includes('use');
  return (
    <div class="more">
      <p class="quiet" dir="ltr">
        {ran !== '' && <code>{visibleText(ran)}</code>} {visibleText(folder)}
      </p>
      {isExposed && (
        <p class="quiet">The app listens on the network by itself too, where nobody is asked for anything.</p>
      )}
      <div class="panel-acts">
        {state === 'ready' && (
          <a class="button" href={pathOf({ kind: 'preview', previewId })} target="_blank" rel="noopener">
            Open in its own tab
          </a>
        )}
        {kind !== 'found' && isUp(preview) && mayDecide && (
          <button
            type="button"
            class="button"
            disabled={action.isRunning.value}
            onClick={() => act('preview.restart')}
          >
            Restart
          </button>
        )}
        {isUp(preview) && mayStop && (
          <button
            type="button"
            class="button bad"
            disabled={action.isRunning.value}
            onClick={() => act('preview.stop')}
          >
            {kind === 'found' ? 'Show it no more' : 'Stop'}
          </button>
        )}
        {!isUp(preview) && mayDecide && (
          <button type="button" class="button" disabled={action.isRunning.value} onClick={forget}>
            Take off the list
          </button>
        )}
      </div>
      {state === 'ready' && (
        <label class="switch-line">
          <input
            type="checkbox"
            checked={looksForErrors}
            onChange={(event) => onLookForErrors(event.currentTarget.checked)}
          />
          <span>Look for errors in the page, and allow pins</span>
        </label>
      )}
      {kind === 'server' && mayDecide && (
        <label class="switch-line">
          <input
            type="checkbox"
            checked={outlives}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              action.run(
                async () => void (await command('preview.configure', { previewId, outlives: checked })),
              );
            }}
          />
          <span>Goes on when Porchlight is stopped</span>
        </label>
      )}
    </div>
  );
}
