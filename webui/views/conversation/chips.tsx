// The quiet row above the composer: what Claude may do and which model works, as it is in force; a tap offers other choices.
import type { ComponentChildren } from 'preact';
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';
import { ContextRing } from '../usage/context-ring.tsx';
import { modelChip, wordsOfMode } from './choices.ts';
import { ModelSheet, ModeSheet } from './choosing-sheets.tsx';
import { knownCatalog } from './completion/known-catalog.ts';

/** `children` stand at the row's end. */
export function Chips(props: { conversation: OpenConversation; children?: ComponentChildren }) {
  const { conversation, children } = props;
  const view = conversation.view.value;
  const mode = wordsOfMode(view.mode);
  const model = modelChip(view, knownCatalog(conversation).value?.models ?? []);
  const { navigation } = useApp();
  const { conversationId } = conversation;
  const sheet = navigation.sheet.value;
  return (
    <>
      <div class="chips">
        <button
          type="button"
          class={`chip ${mode.danger}`}
          aria-label={`Mode: ${mode.name}`}
          aria-haspopup="dialog"
          onClick={() => navigation.show({ name: 'mode', conversationId })}
        >
          <span>{mode.name}</span>
        </button>
        <button
          type="button"
          class="chip model"
          aria-label={`Model and effort: ${model}`}
          aria-haspopup="dialog"
          onClick={() => navigation.show({ name: 'model', conversationId })}
        >
          <span>{model}</span>
        </button>
        <ContextRing conversation={conversation} />
        {children}
      </div>
      {sheet?.name === 'mode' && <ModeSheet conversation={conversation} />}
      {sheet?.name === 'model' && <ModelSheet conversation={conversation} />}
    </>
  );
}
