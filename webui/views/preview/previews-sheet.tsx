// The previews of a conversation's project, and what else its folder offers. What has not run yet is shown word for word, and runs only
// when somebody allows exactly that.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PreviewOffer } from '../../../daemon/protocol/previews.ts';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';
import type { OpenConversation } from '../../store.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { offersIn } from './offered-previews.ts';
import { PreviewRow } from './preview-row.tsx';
import { previewsOf } from './previews-of.ts';

export function PreviewsSheet({ conversation }: { conversation: OpenConversation }) {
  const { store, command, navigation, access } = useApp();
  const { conversationId } = conversation;
  const { cwd } = conversation.view.value;
  const known = offersIn(cwd);
  const chosenId = useSignal<string | undefined>(undefined);
  const looking = useAction();
  const { isRunning, trouble, run } = useAction();
  const lookAgain = async () => {
    known.value = await command('preview.detect', { folder: cwd });
  };
  useEffect(() => looking.run(lookAgain), [cwd]);
  const previews = previewsOf(store.lobby.value, { conversationId, cwd });
  const offers = (known.value?.offers ?? []).filter(({ previewId }) => previewId === null);
  const chosen = offers.find(({ offerId }) => offerId === chosenId.value) ?? offers[0];
  const mayApprove = access.scopes.includes('approve');
  const allow = ({ offerId }: PreviewOffer) =>
    run(async () => {
      const folder = known.value?.folder ?? cwd;
      try {
        const { previewId } = await command('preview.approve', { folder, offerId });
        await command('preview.start', { previewId });
        navigation.show({ name: 'preview', previewId });
      } finally {
        // What was shown may be out of date: then the new words are shown, and asked about anew.
        await lookAgain();
      }
    });
  return (
    <Sheet label="Previews">
      <div class="previews-choice">
        {previews.length > 0 && (
          <ul class="preview-rows" aria-label="Known previews">
            {previews.map((preview) => (
              <PreviewRow key={preview.previewId} preview={preview} />
            ))}
          </ul>
        )}
        {offers.length > 0 && previews.length > 0 && <h3>This folder also offers</h3>}
        {offers.length > 1 && (
          <div class="offers" role="radiogroup" aria-label="What to preview">
            {offers.map((offer) => (
              <label key={offer.offerId}>
                <input
                  type="radio"
                  name="offer"
                  checked={offer === chosen}
                  onChange={() => {
                    chosenId.value = offer.offerId;
                  }}
                />
                <span class="name" dir="auto">
                  {offer.name}
                </span>
                <span class="tool">{offer.tool}</span>
              </label>
            ))}
          </div>
        )}
        {chosen && <Offer offer={chosen} />}
        {previews.length + offers.length === 0 && (
          <p class="quiet">
            {looking.isRunning.value
              ? 'Looking…'
              : 'This folder has nothing that Porchlight knows how to show: no dev script, and no page.'}
          </p>
        )}
        {[trouble.value, looking.trouble.value].map(
          (words) =>
            words !== '' && (
              <p key={words} class="trouble" role="alert">
                {words}
              </p>
            ),
        )}
        {chosen && !mayApprove && <p class="quiet">This device may not decide on that.</p>}
      </div>
      {chosen && mayApprove && (
        <div class="sheet-form buttons-below">
          <div class="buttons">
            <button type="button" class="button" onClick={() => navigation.back()}>
              Not now
            </button>
            <button
              type="button"
              class="button primary"
              disabled={isRunning.value}
              onClick={() => allow(chosen)}
            >
              Allow
            </button>
          </div>
        </div>
      )}
    </Sheet>
  );
}

function Offer({ offer }: { offer: PreviewOffer }) {
  const { name, tool, kind, command, script, inside, source, note } = offer;
  const place = inside === '.' ? 'the project’s folder' : inside;
  return (
    <section class="offer" aria-label={name}>
      <p>
        {kind === 'static'
          ? 'Paired devices may look at the files in'
          : 'This runs on the computer, as often as it is started:'}
      </p>
      <pre dir="ltr">{visibleText(kind === 'static' ? place : `$ ${command}`)}</pre>
      {script !== '' && (
        <>
          <p>which stands for</p>
          <pre dir="ltr">{visibleText(script)}</pre>
        </>
      )}
      <p class="quiet">
        {tool} · {kind === 'static' ? '' : `in ${place} · `}from {visibleText(source)}
      </p>
      {note !== '' && <p class="note">{note}</p>}
    </section>
  );
}
