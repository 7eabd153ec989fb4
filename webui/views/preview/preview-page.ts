// What the app knows of the page that a preview shows at this moment: where it is, what went wrong in it, which elements are pinned.
// Heard from the page's inspector, from that frame and that origin only; nothing that it says does anything by itself.
import { type ReadonlySignal, signal } from '@preact/signals';
import {
  InspectorMessage,
  type InspectorOrder,
  type PageProblem,
} from '../../../daemon/protocol/inspector.ts';
import type { Pin } from './preview-prompts.ts';

const mostProblems = 200;
const mostPins = 20;
const mostPaths = 8;

export interface PreviewPage {
  readonly path: ReadonlySignal<string>;
  readonly title: ReadonlySignal<string>;
  /** Newest first, without the present one. */
  readonly recentPaths: ReadonlySignal<readonly string[]>;
  /** Oldest first. */
  readonly problems: ReadonlySignal<readonly PageProblem[]>;
  readonly pins: ReadonlySignal<readonly Pin[]>;
  /** The page's inspector has spoken since the page was last loaded. */
  readonly isHeard: ReadonlySignal<boolean>;
  readonly isPinning: ReadonlySignal<boolean>;
  /** Speaks with the page in this frame from now on, until the disposer is called. */
  attach(frame: HTMLIFrameElement, origin: string): () => void;
  forgetProblems(): void;
  setPinning(isOn: boolean): void;
  note(pinId: number, note: string): void;
  unpin(pinId: number): void;
  clearPins(): void;
}

export function createPreviewPage(): PreviewPage {
  const path = signal('/');
  const title = signal('');
  const paths = signal<readonly string[]>([]);
  const problems = signal<readonly PageProblem[]>([]);
  const pins = signal<readonly Pin[]>([]);
  const isHeard = signal(false);
  const isPinning = signal(false);
  let page: { readonly frame: HTMLIFrameElement; readonly origin: string } | undefined;

  function tell(): void {
    const order: InspectorOrder = {
      from: 'porchlight',
      isPinning: isPinning.value,
      pins: pins.value.map(({ pinId, selector, path: at }) => ({ pinId, selector, path: at })),
    };
    page?.frame.contentWindow?.postMessage(order, page.origin);
  }

  function setPins(next: readonly Pin[]): void {
    pins.value = next;
    tell();
  }

  function hear(message: InspectorMessage): void {
    isHeard.value = true;
    switch (message.kind) {
      case 'hello':
        title.value = '';
        visit(message.path);
        return tell();
      case 'path':
        title.value = message.title;
        return visit(message.path);
      case 'problem':
        problems.value = [...problems.value, message.problem].slice(-mostProblems);
        return;
      case 'picked': {
        const isNew = pins.value.every(({ pinId }) => pinId !== message.pin.pinId);
        if (isPinning.value && isNew && pins.value.length < mostPins)
          setPins([...pins.value, { ...message.pin, note: '' }]);
        return;
      }
      default:
        return message satisfies never;
    }
  }

  function visit(to: string): void {
    path.value = to;
    paths.value = [to, ...paths.value.filter((one) => one !== to)].slice(0, mostPaths);
  }

  return {
    ...{ path, title, recentPaths: paths, problems, pins, isHeard, isPinning },
    attach(frame, origin) {
      const attached = { frame, origin };
      page = attached;
      isHeard.value = false;
      const listen = (event: MessageEvent<unknown>) => {
        if (event.origin !== origin || event.source === null || event.source !== frame.contentWindow) return;
        const message = InspectorMessage.safeParse(event.data);
        if (message.success) hear(message.data);
      };
      window.addEventListener('message', listen);
      return () => {
        window.removeEventListener('message', listen);
        if (page === attached) page = undefined;
      };
    },
    forgetProblems() {
      problems.value = [];
    },
    setPinning(isOn) {
      isPinning.value = isOn;
      tell();
    },
    note(pinId, note) {
      pins.value = pins.value.map((pin) => (pin.pinId === pinId ? { ...pin, note } : pin));
    },
    unpin: (pinId) => setPins(pins.value.filter((pin) => pin.pinId !== pinId)),
    clearPins: () => setPins([]),
  };
}
