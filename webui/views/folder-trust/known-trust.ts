// What this phone knows of the trust in a conversation's folder: asked of the computer when the conversation is opened and
// whenever Claude starts in it. Where nobody answers nothing is known, and nothing is said.
import { type Signal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FolderTrust } from '../../../daemon/protocol/trust.ts';
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';
import { answerOrNothing } from '../conversation/completion/known-catalog.ts';

const known = new Map<string, Signal<FolderTrust | undefined>>();

export function knownTrust(cwd: string): Signal<FolderTrust | undefined> {
  const trust = known.get(cwd) ?? signal<FolderTrust | undefined>(undefined);
  known.set(cwd, trust);
  return trust;
}

/** Keeps it true while the conversation is in sight. */
export function useFolderTrust(conversation: OpenConversation): FolderTrust | undefined {
  const { command, connection } = useApp();
  const { cwd, runId } = conversation.view.value;
  const isLive = connection.state.value.kind === 'live';
  const trust = knownTrust(cwd);
  useEffect(() => {
    if (!isLive || cwd === '') return;
    void answerOrNothing(command('folder.inspect', { path: cwd })).then((answer) => {
      if (answer) trust.value = answer;
    });
  }, [isLive, cwd, runId]);
  return trust.value;
}
