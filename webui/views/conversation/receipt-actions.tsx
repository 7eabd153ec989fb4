// What a person may do with a turn that is over. Each is a button in one row; a view of its own may add another.
import { useSignal } from '@preact/signals';
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import { CopyButton } from '../../markdown/copy-button.tsx';
import { turnText } from './turn-text.ts';
import { UndoTurn } from './undo-turn.tsx';
import { useOpenConversation } from './use-open-conversation.ts';

export function ReceiptActions({ receipt }: { receipt: ReceiptItem }) {
  const conversation = useOpenConversation();
  const text = conversation ? turnText(conversation.view.peek().pages, receipt.key) : '';
  return (
    <div class="receipt-actions">
      {text !== '' && <CopyButton text={text} />}
      {text !== '' && 'share' in navigator && <ShareButton text={text} />}
      <UndoTurn receipt={receipt} />
    </div>
  );
}

function ShareButton({ text }: { text: string }) {
  const refused = useSignal(false);
  const share = () => {
    navigator.share({ text }).catch((error: unknown) => {
      // The person closed the sheet: that is an answer, not a fault.
      refused.value = !(error instanceof DOMException && error.name === 'AbortError');
    });
  };
  return (
    <button type="button" class="copy-button" onClick={share} aria-live="polite">
      {refused.value ? 'Cannot share' : 'Share'}
    </button>
  );
}
