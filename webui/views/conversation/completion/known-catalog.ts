// The catalog of an open conversation as this phone knows it: asked of the computer when it is wanted, kept as long as the
// conversation is open. Where nobody answers there is none, and nothing is said of that.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Catalog } from '../../../../daemon/protocol/catalog.ts';
import { AppError } from '../../../../daemon/protocol/errors.ts';
import type { App } from '../../../app.ts';
import { Unreachable } from '../../../http.ts';
import type { OpenConversation } from '../../../store.ts';

const known = new WeakMap<OpenConversation, Signal<Catalog | undefined>>();

/** What is known, without asking. */
export function knownCatalog(conversation: OpenConversation): ReadonlySignal<Catalog | undefined> {
  return catalogOf(conversation);
}

/** Asks for it anew; what was known stays until the answer. */
export async function refreshCatalog(conversation: OpenConversation, command: App['command']): Promise<void> {
  const { conversationId } = conversation;
  const catalog = await answerOrNothing(command('conversation.catalog', { conversationId }));
  if (catalog) catalogOf(conversation).value = catalog;
}

/** Undefined when the computer refuses or cannot be reached. */
export async function answerOrNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError || error instanceof Unreachable) return undefined;
    throw error;
  }
}

function catalogOf(conversation: OpenConversation): Signal<Catalog | undefined> {
  const catalog = known.get(conversation) ?? signal<Catalog | undefined>(undefined);
  known.set(conversation, catalog);
  return catalog;
}
