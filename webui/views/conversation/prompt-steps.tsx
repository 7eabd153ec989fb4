// Two small controls for who reads further up: to the message of theirs before this place, and to the one behind it.
import { ChevronDown, ChevronUp } from 'lucide';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { goToPrompt, promptBeside, promptsOf } from './prompts.ts';
import { windowOn } from './transcript-window.ts';

export function PromptSteps(props: { conversation: OpenConversation; isShown: boolean }) {
  const { conversation, isShown } = props;
  const { conversationId } = conversation;
  const { command } = useApp();
  const { run, trouble } = useAction();

  const step = (side: 'before' | 'behind') =>
    run(async () => {
      const prompts = await promptsOf(conversation, () =>
        command('conversation.outline', { conversationId }),
      );
      const prompt = promptBeside(conversation, prompts, side);
      if (prompt) await goToPrompt(conversation, prompt);
      else if (side === 'behind') windowOn(conversation).toEnd();
    });
  if (!isShown) return null;
  return (
    <div class="prompt-steps">
      {trouble.value !== '' && (
        <p class="why" role="alert">
          {trouble}
        </p>
      )}
      <div class="steps">
        <button type="button" aria-label="Previous message of mine" onClick={() => step('before')}>
          <Icon of={ChevronUp} />
        </button>
        <button type="button" aria-label="Next message of mine" onClick={() => step('behind')}>
          <Icon of={ChevronDown} />
        </button>
      </div>
    </div>
  );
}
