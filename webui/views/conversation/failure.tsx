// What stands under a turn that failed: what happened, what to do about it, and the CLI's own words. Its buttons are there
// only while nothing came behind it, and nothing is sent again but by a tap.
import { useComputed } from '@preact/signals';
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import { everyMinute } from '../../computer-clock.ts';
import { LongText } from '../../tools/long-text.tsx';
import { useApp } from '../app-context.ts';
import { failureWords, type Remedy } from './failure-words.ts';
import { isNewest, wordsForAgain } from './turn-text.ts';
import { useOpenConversation } from './use-open-conversation.ts';

const labels = {
  again: 'Try again',
  makeRoom: 'Make room',
  model: 'Choose a model',
} satisfies Record<Remedy, string>;

export function Failure({ receipt }: { receipt: ReceiptItem }) {
  const { store } = useApp();
  const conversation = useOpenConversation();
  const isLast = useComputed(() => !!conversation && isNewest(conversation.view.value, receipt.key)).value;
  const now = isLast ? everyMinute.value : receipt.at;
  const { happened, toDo, remedy } = failureWords(receipt, store.lobby.value.limits, now);
  const own = receipt.error ?? '';
  return (
    <div class="failure-card">
      <p class="happened">{happened}</p>
      {toDo !== '' && <p>{toDo}</p>}
      {own !== '' && (
        <div class="own-words">
          <LongText text={own} isCode={false} />
        </div>
      )}
      {isLast && remedy !== null && <RemedyButtons receipt={receipt} remedy={remedy} />}
    </div>
  );
}

function RemedyButtons({ receipt, remedy }: { receipt: ReceiptItem; remedy: Remedy }) {
  const { outbox, navigation } = useApp();
  const conversation = useOpenConversation();
  if (!conversation) return null;
  const { conversationId, view } = conversation;
  const again = wordsForAgain(view.peek().pages, receipt);
  const act = () => {
    if (remedy === 'model') navigation.show({ name: 'model', conversationId });
    else if (remedy === 'makeRoom') void outbox.add(conversationId, '/compact');
    else if (again !== undefined) void outbox.add(conversationId, again);
  };
  if (remedy === 'again' && again === undefined) return null;
  return (
    <div class="buttons">
      <button type="button" class="button" onClick={act}>
        {labels[remedy]}
      </button>
      {remedy === 'model' && again !== undefined && (
        <button type="button" class="button" onClick={() => void outbox.add(conversationId, again)}>
          {labels.again}
        </button>
      )}
    </div>
  );
}
