// What stands in the place of the page while the preview is not up: its state in plain words, its last lines, and what there is to do.
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';
import { Terminal } from '../../tools/terminal.tsx';
import type { Action } from '../action.ts';
import { useApp } from '../app-context.ts';
import { crashPrompt } from './preview-prompts.ts';
import { PreviewLog } from './preview-log.tsx';
import { insteadOfPage } from './preview-words.ts';
import type { TellClaude } from './use-tell-claude.ts';

export function InsteadOfPage(props: {
  preview: PreviewSummary;
  action: Action;
  tellClaude: TellClaude | undefined;
}) {
  const { preview, action, tellClaude } = props;
  const { command, access, navigation } = useApp();
  const { title, words } = insteadOfPage(preview);
  const { previewId, state, kind, command: ran, appPort, lastLines, isExposed } = preview;
  const mayStart = access.scopes.includes('approve');
  const start = () => action.run(async () => void (await command('preview.start', { previewId })));
  const startWords = state === 'offered' ? 'Show it' : state === 'crashed' ? 'Start again' : 'Start';
  return (
    <div class="instead-of-page">
      {state === 'starting' && <span class="beacon" aria-hidden="true" />}
      <h3>{title}</h3>
      {words !== '' && <p dir="auto">{visibleText(words)}</p>}
      {ran !== '' && state !== 'starting' && <code dir="ltr">{visibleText(ran)}</code>}
      {state === 'offered' && appPort !== null && <code dir="ltr">{`http://localhost:${appPort}`}</code>}
      {state === 'offered' && isExposed && (
        <p class="quiet">It listens on the network by itself too, where nobody is asked for anything.</p>
      )}
      {state === 'starting' && kind === 'server' && (
        <div class="last-lines">
          <PreviewLog previewId={previewId} />
        </div>
      )}
      {lastLines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section class="last-lines" tabIndex={0} aria-label="Its last lines">
          <Terminal text={lastLines.join('\n')} kind="output" />
        </section>
      )}
      {state !== 'starting' && !mayStart && <p class="quiet">This device may not start it.</p>}
      {state !== 'starting' && (
        <div class="panel-acts">
          {state === 'offered' && (
            <button type="button" class="button" onClick={() => navigation.back()}>
              Not now
            </button>
          )}
          {state === 'crashed' && tellClaude && (
            <button type="button" class="button" onClick={() => tellClaude.tell(crashPrompt(preview))}>
              Fix this
            </button>
          )}
          {mayStart && (
            <button type="button" class="button primary" disabled={action.isRunning.value} onClick={start}>
              {startWords}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
