// One line above the composer about this conversation's previews: what is up, what Claude has started, or that the project could be
// looked at. A tap opens it.
import { AppWindow, X } from 'lucide';
import { asDiskMay } from '../../database.ts';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';
import { isPutOff, noteOf, useOffers } from './offered-previews.ts';
import { nameOf, stateWords } from './preview-words.ts';
import { previewsOf } from './previews-of.ts';

export function PreviewLine({ conversation }: { conversation: OpenConversation }) {
  const { store, navigation, access, database } = useApp();
  const { conversationId } = conversation;
  const { cwd } = conversation.view.value;
  const offered = useOffers(conversation);
  const all = previewsOf(store.lobby.value, { conversationId, cwd });
  const [first, ...others] = all.filter(({ state }) => state !== 'stopped');
  if (first) {
    const { previewId, state } = first;
    const words = state === 'offered' ? 'Claude has started a server' : stateWords(first);
    return (
      <div class="preview-line">
        <button
          type="button"
          class="look"
          aria-haspopup="dialog"
          onClick={() => navigation.show({ name: 'preview', previewId })}
        >
          <span class={`preview-sign ${state}`}>
            <Icon of={AppWindow} />
          </span>
          <span class="words" dir="auto">
            <strong>{nameOf(first)}</strong> {words}
          </span>
          <span class="open">{state === 'ready' ? 'Open' : 'Look'}</span>
        </button>
        {others.length > 0 && (
          <button
            type="button"
            class="plain"
            aria-label={`${others.length} more`}
            onClick={() => navigation.show({ name: 'previews', conversationId })}
          >
            +{others.length}
          </button>
        )}
      </div>
    );
  }
  const isOffered = all.length === 0 && offered !== undefined && offered.offers.length > 0;
  if (!isOffered || isPutOff(cwd).value !== false || !access.scopes.includes('approve')) return null;
  return (
    <div class="preview-line">
      <button
        type="button"
        class="look"
        aria-haspopup="dialog"
        onClick={() => navigation.show({ name: 'previews', conversationId })}
      >
        <span class="preview-sign">
          <Icon of={AppWindow} />
        </span>
        <span class="words">See this project running</span>
        <span class="open">Preview…</span>
      </button>
      <button
        type="button"
        class="plain"
        aria-label="Not now"
        onClick={() => {
          isPutOff(cwd).value = true;
          void asDiskMay(database.put('notes', noteOf(cwd), 1));
        }}
      >
        <Icon of={X} />
      </button>
    </div>
  );
}
