// Where the person is: the place that the URL means, and the sheet that lies over it. Back always does what the phone's
// Back does, so sheets are history entries too. The only file that changes the history.
import { type ReadonlySignal, signal } from '@preact/signals';
import { type Place, pathOf, placeOf } from './route.ts';

/** A sheet without a URL of its own: a conversation's menu, its choice of mode or model, or what was used (by all: null). */
export type Sheet =
  | {
      readonly name:
        | 'conversationMenu'
        | 'mode'
        | 'model'
        | 'search'
        | 'messages'
        | 'attach'
        | 'picture'
        | 'tasks'
        | 'folderTrust'
        | 'previews';
      readonly conversationId: string;
    }
  | { readonly name: 'message' | 'undo'; readonly conversationId: string; readonly messageId: string }
  | { readonly name: 'preview'; readonly previewId: string }
  | { readonly name: 'usage'; readonly conversationId: string | null }
  | { readonly name: 'connection' };

interface HistoryState {
  /** How many steps of this app lie behind. */
  readonly depth: number;
  readonly sheet?: Sheet | undefined;
}

export interface Navigation {
  readonly place: ReadonlySignal<Place>;
  readonly sheet: ReadonlySignal<Sheet | undefined>;
  go(place: Place): void;
  /** In the stead of the present place: Back does not return to it. */
  replace(place: Place): void;
  /** In the stead of the sheet that is open, if one is. */
  show(sheet: Sheet): void;
  /** One step back; to Now when the app was entered here. */
  back(): void;
}

export function createNavigation(): Navigation {
  const place = signal(placeOf(location.pathname));
  const sheet = signal<Sheet | undefined>(undefined);
  const state = (): HistoryState => history.state ?? { depth: 0 };

  function read(): void {
    place.value = placeOf(location.pathname);
    sheet.value = state().sheet;
  }
  window.addEventListener('popstate', read);
  // A sheet does not outlive a reload: what it spoke of may be gone.
  history.replaceState({ depth: state().depth } satisfies HistoryState, '');

  function replace(to: Place): void {
    history.replaceState({ depth: state().depth } satisfies HistoryState, '', pathOf(to));
    read();
  }

  return {
    place,
    sheet,
    replace,
    go(to) {
      if (pathOf(to) === location.pathname && !state().sheet) return;
      if (state().sheet) return replace(to);
      history.pushState({ depth: state().depth + 1 } satisfies HistoryState, '', pathOf(to));
      read();
    },
    show(next) {
      const { depth, sheet: open } = state();
      if (open) history.replaceState({ depth, sheet: next } satisfies HistoryState, '');
      else history.pushState({ depth: depth + 1, sheet: next } satisfies HistoryState, '');
      read();
    },
    back() {
      if (state().depth > 0) history.back();
      else replace({ kind: 'now' });
    },
  };
}
