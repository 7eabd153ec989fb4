// The conversation that a row of the transcript stands in, for the few rows that must act on it. Undefined anywhere else.
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';

export function useOpenConversation(): OpenConversation | undefined {
  const { navigation, store } = useApp();
  const place = navigation.place.peek();
  return place.kind === 'conversation' ? store.open(place.conversationId) : undefined;
}
