// What stands in place of the composer where nothing more can be said: a damaged conversation goes on in a fork of what is left.
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';

export function ForkInstead({ conversationId }: { conversationId: string }) {
  const { command, navigation } = useApp();
  const { isRunning, trouble, run } = useAction();
  const fork = () =>
    run(async () => {
      const forked = await command('conversation.fork', { conversationId });
      navigation.go({ kind: 'conversation', conversationId: forked.conversationId });
    });
  return (
    <div class="fork-instead">
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <button type="button" class="button" disabled={isRunning.value} onClick={fork}>
        Fork this conversation
      </button>
    </div>
  );
}
