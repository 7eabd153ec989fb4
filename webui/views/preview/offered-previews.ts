// What a conversation's folder offers to preview: asked of the computer when the conversation is opened and after each turn, kept in
// memory. An offer that somebody has put off is not shown again for this folder on this device.
import { type Signal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PreviewOffer } from '../../../daemon/protocol/previews.ts';
import { asDiskMay } from '../../database.ts';
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';
import { answerOrNothing } from '../conversation/completion/known-catalog.ts';

export interface FolderOffers {
  /** As the computer names it, links resolved. */
  readonly folder: string;
  readonly offers: readonly PreviewOffer[];
}

const known = new Map<string, Signal<FolderOffers | undefined>>();
const putOff = new Map<string, Signal<boolean | undefined>>();

export function offersIn(cwd: string): Signal<FolderOffers | undefined> {
  return kept(known, cwd);
}

/** Undefined until the disk has said it. */
export function isPutOff(cwd: string): Signal<boolean | undefined> {
  return kept(putOff, cwd);
}

/** Keeps it true while the conversation is in sight. */
export function useOffers(conversation: OpenConversation): FolderOffers | undefined {
  const { command, connection, database } = useApp();
  const { cwd, turn } = conversation.view.value;
  const isLive = connection.state.value.kind === 'live';
  const isWorking = turn !== null;
  useEffect(() => {
    if (!isLive || cwd === '' || isWorking) return;
    void answerOrNothing(command('preview.detect', { folder: cwd })).then((found) => {
      if (found) offersIn(cwd).value = found;
    });
  }, [isLive, cwd, isWorking]);
  useEffect(() => {
    const off = isPutOff(cwd);
    if (off.peek() === undefined)
      void asDiskMay(database.get('notes', noteOf(cwd))).then((note) => {
        off.value = note === 1;
      });
  }, [cwd]);
  return offersIn(cwd).value;
}

export function noteOf(cwd: string): string {
  return `previewPutOff:${cwd}`;
}

function kept<T>(map: Map<string, Signal<T | undefined>>, key: string): Signal<T | undefined> {
  const one = map.get(key) ?? signal<T | undefined>(undefined);
  map.set(key, one);
  return one;
}
