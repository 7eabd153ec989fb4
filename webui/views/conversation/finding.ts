// Searching inside of a conversation: what is looked for, what the computer found, and which of it is shown. The bar and the
// transcript look at the same one. Asks the computer, which has all of it.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { CommandResult } from '../../../daemon/protocol/commands.ts';
import { openedOf } from '../../opened.ts';
import type { OpenConversation } from '../../store.ts';
import { sentenceOf } from '../action.ts';
import { windowOn } from './transcript-window.ts';

export type Hit = CommandResult<'conversation.search'>['hits'][number];
export type Search = (text: string) => Promise<CommandResult<'conversation.search'>>;

export interface Finding {
  readonly text: ReadonlySignal<string>;
  readonly hits: ReadonlySignal<readonly Hit[]>;
  /** There are older ones that were not told. */
  readonly isMore: ReadonlySignal<boolean>;
  /** The hit that is shown. */
  readonly current: ReadonlySignal<Hit | undefined>;
  readonly index: ReadonlySignal<number>;
  /** `found` also when there is nothing. */
  readonly state: ReadonlySignal<'idle' | 'looking' | 'found' | 'failed'>;
  /** What went wrong, for a person. */
  readonly trouble: ReadonlySignal<string>;
  /** Looks for it; of two searches the later counts. */
  look(text: string, search: Search): Promise<void>;
  /** To the next older or newer hit; round at the ends. */
  step(by: 1 | -1): void;
  end(): void;
}

const findings = new WeakMap<OpenConversation, Finding>();

export function findingIn(conversation: OpenConversation): Finding {
  const known = findings.get(conversation) ?? createFinding(conversation);
  findings.set(conversation, known);
  return known;
}

function createFinding(conversation: OpenConversation): Finding {
  const text = signal('');
  const hits = signal<readonly Hit[]>([]);
  const isMore = signal(false);
  const index = signal(-1);
  const state = signal<'idle' | 'looking' | 'found' | 'failed'>('idle');
  const trouble = signal('');
  const current = computed(() => hits.value[index.value]);

  function failed(error: unknown): void {
    trouble.value = sentenceOf(error);
    state.value = 'failed';
  }

  function show(): void {
    const hit = current.value;
    // What was found in a tool call or a long message is seen only when it is open.
    if (hit?.kind === 'tool' || hit?.kind === 'message') openedOf(hit.key).value = true;
    if (hit) windowOn(conversation).goTo({ key: hit.key, page: hit.page, top: 96 }).catch(failed);
  }

  function forget(): void {
    hits.value = [];
    index.value = -1;
    isMore.value = false;
    trouble.value = '';
  }

  return {
    ...{ text, hits, isMore, current, index, state, trouble },
    async look(wanted, search) {
      text.value = wanted;
      forget();
      state.value = wanted === '' ? 'idle' : 'looking';
      if (wanted === '') return;
      try {
        const found = await search(wanted);
        if (text.value !== wanted || state.value === 'idle') return;
        hits.value = found.hits;
        isMore.value = found.more;
        state.value = 'found';
        index.value = found.hits.length - 1;
        show();
      } catch (error) {
        if (text.value === wanted) failed(error);
      }
    },
    step(by) {
      const { length } = hits.value;
      if (length === 0) return;
      index.value = (index.value + by + length) % length;
      show();
    },
    end() {
      text.value = '';
      state.value = 'idle';
      forget();
    },
  };
}
