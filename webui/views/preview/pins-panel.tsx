// The elements that were tapped, each with a note; together they become one message, which the person reads and sends.
import { useSignal } from '@preact/signals';
import { X } from 'lucide';
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';
import { Icon } from '../../tools/icon.tsx';
import type { PreviewPage } from './preview-page.ts';
import { type Pin, sourceWords } from './preview-prompts.ts';

export function PinsPanel(props: {
  preview: PreviewSummary;
  page: PreviewPage;
  /** Undefined where there is no conversation to tell it in. */
  tellClaude: ((pins: readonly Pin[]) => Promise<void>) | undefined;
}) {
  const { preview, page, tellClaude } = props;
  const pins = page.pins.value;
  const isTelling = useSignal(false);
  return (
    <>
      <p class="quiet" role="status">
        {pins.length === 0
          ? 'Tap what you mean in the page. Each tap sets a numbered pin.'
          : 'Say what should be different. Tap further elements for more pins.'}
      </p>
      {pins.length > 0 && (
        <ol class="pins" aria-label="Pins">
          {pins.map((pin, index) => (
            <PinRow key={pin.pinId} pin={pin} number={index + 1} page={page} folder={preview.folder} />
          ))}
        </ol>
      )}
      <div class="panel-acts">
        <button
          type="button"
          class="button"
          onClick={() => {
            page.clearPins();
            page.setPinning(false);
          }}
        >
          {pins.length === 0 ? 'Leave' : 'Drop all'}
        </button>
        {tellClaude && (
          <button
            type="button"
            class="button primary"
            disabled={pins.length === 0 || isTelling.value}
            onClick={() => {
              isTelling.value = true;
              void tellClaude(pins).finally(() => {
                isTelling.value = false;
              });
            }}
          >
            {isTelling.value ? 'One moment…' : 'Tell Claude'}
          </button>
        )}
      </div>
    </>
  );
}

function PinRow(props: { pin: Pin; number: number; page: PreviewPage; folder: string }) {
  const { pin, number, page, folder } = props;
  const words = pin.text === '' ? pin.selector : pin.text;
  return (
    <li>
      <span class="number" aria-hidden="true">
        {number}
      </span>
      <div class="pin">
        <span class="what" dir="auto">
          <code>{pin.tag}</code> {visibleText(words)}
        </span>
        {pin.source && (
          <span class="where" dir="ltr">
            {visibleText(sourceWords(pin.source, folder))}
          </span>
        )}
        <input
          type="text"
          dir="auto"
          maxLength={500}
          aria-label={`Note for pin ${number}`}
          placeholder="What about it?"
          value={pin.note}
          onInput={(event) => page.note(pin.pinId, event.currentTarget.value)}
        />
      </div>
      <button
        type="button"
        class="plain"
        aria-label={`Remove pin ${number}`}
        onClick={() => page.unpin(pin.pinId)}
      >
        <Icon of={X} />
      </button>
    </li>
  );
}
