// One line above the composer for a project that would run something and is not trusted. A tap shows what; what is put off is not
// shown again for the very same list until a reload.
import { signal } from '@preact/signals';
import { ShieldQuestionMark, X } from 'lucide';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';
import { useFolderTrust } from './known-trust.ts';
import { lineWords } from './trust-words.ts';

const putOff = signal<ReadonlySet<string>>(new Set());

export function TrustLine({ conversation }: { conversation: OpenConversation }) {
  const { navigation } = useApp();
  const { conversationId } = conversation;
  const trust = useFolderTrust(conversation);
  const words = trust && lineWords(trust);
  const name = JSON.stringify(trust);
  if (words === undefined || putOff.value.has(name)) return null;
  return (
    <div class="trust-line">
      <button
        type="button"
        class="look"
        aria-haspopup="dialog"
        onClick={() => navigation.show({ name: 'folderTrust', conversationId })}
      >
        <Icon of={ShieldQuestionMark} />
        <span>{words}</span>
      </button>
      <button
        type="button"
        class="plain"
        aria-label="Not now"
        onClick={() => {
          putOff.value = new Set([...putOff.value, name]);
        }}
      >
        <Icon of={X} />
      </button>
    </div>
  );
}
