// Everything that the person said in this conversation, newest first; a tap goes there.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OpenConversation } from '../../store.ts';
import { clockWords } from '../../time-words.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { goToPrompt, type Prompt, promptsOf } from './prompts.ts';

/** More rows than this are drawn when they are asked for. */
const atOnce = 200;

export function MessagesSheet({ conversation }: { conversation: OpenConversation }) {
  const { command, navigation } = useApp();
  const { conversationId } = conversation;
  const { run, trouble } = useAction();
  const prompts = useSignal<readonly Prompt[] | undefined>(undefined);
  const shown = useSignal(atOnce);
  useEffect(() => {
    run(async () => {
      const all = await promptsOf(conversation, () => command('conversation.outline', { conversationId }));
      prompts.value = all.toReversed();
    });
  }, [conversation]);

  const choose = (prompt: Prompt) =>
    run(async () => {
      await goToPrompt(conversation, prompt);
      navigation.back();
    });
  const all = prompts.value ?? [];
  return (
    <Sheet label="Your messages">
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {prompts.value?.length === 0 && <p class="nothing-yet">Nothing yet.</p>}
      <ul class="prompts">
        {all.slice(0, shown.value).map((prompt) => (
          <li key={prompt.key}>
            <button type="button" onClick={() => choose(prompt)}>
              <span dir="auto">{prompt.text}</span>
              <time>{clockWords(prompt.at)}</time>
            </button>
          </li>
        ))}
      </ul>
      {all.length > shown.value && (
        <button type="button" class="button" onClick={() => (shown.value += atOnce)}>
          Older messages
        </button>
      )}
    </Sheet>
  );
}
