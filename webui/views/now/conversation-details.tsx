// What an open conversation is, for the person who wants to know: where it works, with which model, and how to take it up in a
// terminal. And a fork of the whole of it.
import type { OpenConversation } from '../../store.ts';
import { CopyButton } from '../../markdown/copy-button.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { terminalCommand } from './terminal-command.ts';

export function ConversationDetails({ conversation }: { conversation: OpenConversation }) {
  const { command, navigation } = useApp();
  const { isRunning, trouble, run } = useAction();
  const { conversationId } = conversation;
  const { cwd, model, sessionId, claudeVersion, forkedFrom } = conversation.view.value;
  const fork = () =>
    run(async () => {
      const forked = await command('conversation.fork', { conversationId });
      navigation.go({ kind: 'conversation', conversationId: forked.conversationId });
    });
  const inTerminal = sessionId !== null && claudeVersion !== null ? terminalCommand(cwd, sessionId) : null;
  return (
    <div class="sheet-form details">
      <dl>
        <Fact name="Folder" value={cwd} />
        {model !== null && <Fact name="Model" value={model} />}
        {inTerminal !== null && sessionId !== null && <Fact name="Session" value={sessionId} />}
      </dl>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        onClick={() => navigation.show({ name: 'folderTrust', conversationId })}
      >
        What this project may run
      </button>
      {inTerminal !== null && (
        <div class="in-terminal">
          <p>To go on in a terminal, when nothing runs here any more:</p>
          <div>
            <code dir="ltr">{inTerminal}</code>
            <CopyButton text={inTerminal} />
          </div>
        </div>
      )}
      {forkedFrom !== null && (
        <button
          type="button"
          class="button"
          onClick={() => navigation.go({ kind: 'conversation', conversationId: forkedFrom.conversationId })}
        >
          Open what it was forked from
        </button>
      )}
      <button type="button" class="button" disabled={isRunning.value} onClick={fork}>
        Fork this conversation
      </button>
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="ltr">{value}</dd>
    </div>
  );
}
