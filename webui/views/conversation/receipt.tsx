// The line under a turn that is over: what it did, how long it took, what it cost; it opens to the whole account.
import { ChevronRight } from 'lucide';
import { useId } from 'preact/hooks';
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import { openedOf } from '../../opened.ts';
import { Icon } from '../../tools/icon.tsx';
import { Failure } from './failure.tsx';
import { ReceiptBody } from './receipt-body.tsx';
import { receiptWords } from './receipt-words.ts';

export function Receipt({ receipt, cwd }: { receipt: ReceiptItem; cwd: string }) {
  const isOpen = openedOf(`receipt:${receipt.key}`);
  const bodyId = useId();
  return (
    <>
      <button
        type="button"
        class={`receipt-line ${receipt.outcome}`}
        aria-expanded={isOpen.value}
        aria-controls={isOpen.value ? bodyId : undefined}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class="facts">{receiptWords(receipt)}</span>
        <span class="opener">
          <Icon of={ChevronRight} />
        </span>
      </button>
      {receipt.outcome === 'failed' && <Failure receipt={receipt} />}
      {isOpen.value && (
        <div class="receipt-body" id={bodyId}>
          <ReceiptBody receipt={receipt} cwd={cwd} />
        </div>
      )}
    </>
  );
}
