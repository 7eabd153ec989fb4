// The way to what can be done with a message. Beside the bubble, so that its words can still be marked with a long press.
import { Ellipsis } from 'lucide';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';

export function MessageMenu({ messageId }: { messageId: string }) {
  const { navigation } = useApp();
  const show = () => {
    const { value: place } = navigation.place;
    if (place.kind !== 'conversation') return;
    navigation.show({ name: 'message', conversationId: place.conversationId, messageId });
  };
  return (
    <button
      type="button"
      class="plain"
      aria-label="What to do with this message"
      aria-haspopup="dialog"
      onClick={show}
    >
      <Icon of={Ellipsis} />
    </button>
  );
}
