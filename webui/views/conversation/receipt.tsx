// The line under a turn that is over: how it ended, how long it took, what it cost.
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import { costWords, durationWords } from '../../time-words.ts';

const outcomes = {
  completed: '',
  stopped: 'Stopped',
  failed: 'Failed',
  interrupted: 'Interrupted',
} satisfies Record<ReceiptItem['outcome'], string>;

export function Receipt({ receipt }: { receipt: ReceiptItem }) {
  const { outcome, durationMs, costUsd, error } = receipt;
  const facts = [outcomes[outcome], durationWords(durationMs), costWords(costUsd)].filter(Boolean);
  return (
    <>
      <p class={`receipt-line ${outcome}`}>{facts.join(' · ')}</p>
      {error !== null && <p class="cause">{error}</p>}
    </>
  );
}
