// What can be done with a message that Claude has had: go back to before it, with or without the files, fork there, copy it.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { findItem } from '../../../daemon/protocol/pages.ts';
import type { Item, MessageItem } from '../../../daemon/protocol/view.ts';
import type { OpenConversation } from '../../store.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { Deed } from './deed.tsx';
import { type FilesBefore, FilesList, fileCount } from './files-before.tsx';
import { mayHaveChanged, withDraft } from './going-back.ts';

export function MessageSheet(props: { conversation: OpenConversation; messageId: string }) {
  const { conversation, messageId } = props;
  const item = find(conversation, messageId);
  if (item?.kind !== 'message') {
    return (
      <Sheet label="Your message">
        <p class="quiet">This message is no longer held here. Scroll to it and try again.</p>
      </Sheet>
    );
  }
  return (
    <Sheet label="Your message">
      <p class="quoted" dir="auto">
        {item.text}
      </p>
      <Deeds conversation={conversation} message={item} />
    </Sheet>
  );
}

/** In what is followed, or in the older pages that are read. */
function find({ view, older }: OpenConversation, messageId: string): Item | undefined {
  const held = findItem(view.value.pages, messageId);
  return held ?? [...older.pages.value.values()].flat().find((item) => item.key === messageId);
}

function Deeds({ conversation, message }: { conversation: OpenConversation; message: MessageItem }) {
  const { command, navigation, drafts, uploads } = useApp();
  const { conversationId } = conversation;
  const { key: messageId } = message;
  const { turn, tasks } = conversation.view.value;
  const isSure = useSignal(false);
  const { isRunning, trouble, run } = useAction();
  const files = useFilesBefore(conversation, message);
  const isBusy = turn !== null || isRunning.value;

  const rewrite = (id: string, text: string) => {
    const draft = drafts.of(id);
    draft.value = withDraft(text, draft.value);
    drafts.flush();
    uploads.adopt(id, message.attachments ?? []);
  };
  const goBack = (withFiles: boolean) =>
    run(async () => {
      const { text } = await command('conversation.rewind', { conversationId, messageId, files: withFiles });
      rewrite(conversationId, text);
      navigation.back();
    });
  const fork = () =>
    run(async () => {
      const forked = await command('conversation.fork', { conversationId, messageId });
      rewrite(forked.conversationId, forked.text);
      navigation.go({ kind: 'conversation', conversationId: forked.conversationId });
    });
  const stop = () => run(async () => void (await command('turn.stop', { conversationId })));

  if (isSure.value && files)
    return (
      <div class="sheet-form">
        <FilesList files={files} cwd={conversation.view.value.cwd} />
        <Trouble words={trouble.value} />
        <div class="buttons">
          <button type="button" class="button" onClick={() => (isSure.value = false)}>
            Leave them
          </button>
          <button type="button" class="button bad" disabled={isBusy} onClick={() => goBack(true)}>
            Go back
          </button>
        </div>
      </div>
    );
  const ended = tasks.length > 0 ? ' What runs in the background ends.' : '';
  return (
    <div class="choosing">
      {turn && !message.aside && (
        <div class="sheet-form">
          <p>Claude is working. To go back, stop it first.</p>
          <button type="button" class="button" disabled={turn.stopping} onClick={stop}>
            {turn.stopping ? 'Stopping…' : 'Stop'}
          </button>
        </div>
      )}
      <Trouble words={trouble.value} />
      {!message.aside && (
        <>
          <Deed
            name="Go back to here"
            means={`Claude forgets this message and all that came after it. You can write it anew.${ended}`}
            isOff={isBusy}
            onDo={() => goBack(false)}
          />
          {files?.mayRestore && (
            <Deed
              name="Go back, and the files too…"
              means={`${fileCount(files.files.length)} as before this message. What commands changed is not undone.`}
              isOff={isBusy}
              onDo={() => (isSure.value = true)}
            />
          )}
          <Deed
            name="Fork from here"
            means="A new conversation that knows what stood before this message. This one stays as it is."
            isOff={isRunning.value}
            onDo={fork}
          />
        </>
      )}
      <Deed
        name="Copy"
        means="The words of this message."
        onDo={() =>
          run(async () => {
            await navigator.clipboard.writeText(message.text);
            navigation.back();
          })
        }
      />
    </div>
  );
}

/** Undefined while it is not known, and when there is no reason to ask. A computer that cannot say offers no files. */
function useFilesBefore(conversation: OpenConversation, message: MessageItem): FilesBefore | undefined {
  const { command } = useApp();
  const files = useSignal<FilesBefore | undefined>(undefined);
  const { run } = useAction();
  const { conversationId } = conversation;
  const { key: messageId } = message;
  useEffect(() => {
    if (message.aside || !mayHaveChanged(conversation.view.peek(), messageId)) return;
    run(async () => {
      files.value = await command('conversation.previewRewind', { conversationId, messageId });
    });
  }, [messageId]);
  return files.value;
}

function Trouble({ words }: { words: string }) {
  return words === '' ? null : (
    <p class="trouble" role="alert">
      {words}
    </p>
  );
}
