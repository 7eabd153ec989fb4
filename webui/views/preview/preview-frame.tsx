// The previewed page itself: a frame of the preview's own origin, in an empty page of ours whose policy allows that origin alone. It
// is drawn as wide as is wanted and made smaller to fit. What is in it may do nothing to the app; see security of previews.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { sentenceOf } from '../action.ts';
import { useApp } from '../app-context.ts';
import { entryAt, originOf } from './preview-address.ts';
import type { PreviewPage } from './preview-page.ts';

export type PageWidth = 'phone' | 'tablet' | 'desktop';

/** CSS pixels. A phone is no wider than its own screen. */
export const pageWidths: Readonly<Record<PageWidth, number>> = { phone: 390, tablet: 820, desktop: 1280 };

interface Props {
  readonly preview: PreviewSummary;
  readonly page: PreviewPage;
  readonly width: PageWidth;
  /** Where to begin. */
  readonly path: string;
  readonly inspect: boolean;
  /** How wide the page believes that it is. */
  readonly shownWidth: Signal<number>;
}

export function PreviewFrame({ preview, page, width, path, inspect, shownWidth }: Props) {
  const { command, connection } = useApp();
  const box = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLIFrameElement>(null);
  const trouble = useSignal('');
  const isLoaded = useSignal(false);
  const { previewId, port, name } = preview;

  useEffect(() => {
    let detach = () => {};
    let isGone = false;
    const origin = originOf(port, location.hostname);
    const show = async (frame: HTMLIFrameElement) => {
      const state = connection.state.peek();
      const bridge = state.kind === 'live' && state.via === 'stream';
      const [{ path: entry }] = await Promise.all([
        command('preview.open', { previewId, inspect, bridge }),
        loaded(frame, `/frame/${port}`),
      ]);
      const around = frame.contentDocument;
      if (isGone || !around?.body) return;
      const inner = around.createElement('iframe');
      inner.setAttribute('sandbox', 'allow-scripts allow-forms allow-same-origin');
      inner.setAttribute('allow', '');
      inner.title = `Preview of ${name}`;
      inner.addEventListener('load', () => {
        isLoaded.value = true;
      });
      Object.assign(inner.style, {
        position: 'fixed',
        inset: '0',
        width: '100%',
        height: '100%',
        border: '0',
      });
      around.body.replaceChildren(inner);
      detach = page.attach(inner, origin);
      inner.src = `${origin}${entryAt(path, entry)}`;
    };
    if (holder.current)
      show(holder.current).catch((error: unknown) => {
        trouble.value = sentenceOf(error);
      });
    return () => {
      isGone = true;
      detach();
    };
  }, []);

  useEffect(() => {
    const [around, frame] = [box.current, holder.current];
    if (!around || !frame) return undefined;
    const setSize = () => {
      const { clientWidth, clientHeight } = around;
      const wanted = width === 'phone' ? Math.min(pageWidths.phone, clientWidth) : pageWidths[width];
      const scale = Math.min(1, clientWidth / wanted);
      shownWidth.value = wanted;
      Object.assign(frame.style, {
        width: `${wanted}px`,
        height: `${clientHeight / scale}px`,
        left: `${Math.max(0, (clientWidth - wanted) / 2)}px`,
        // Drawn as it is, it is sharper.
        transform: scale === 1 ? 'none' : `scale(${scale})`,
      });
    };
    const watch = new ResizeObserver(setSize);
    watch.observe(around);
    setSize();
    return () => watch.disconnect();
  }, [width]);

  const isSilent = inspect && isLoaded.value && !page.isHeard.value;
  return (
    <div ref={box} class="preview-page">
      <iframe ref={holder} title={`Preview of ${name}`} />
      {trouble.value !== '' && (
        <p class="over-page trouble" role="alert">
          {trouble}
        </p>
      )}
      {isSilent && (
        <p class="over-page late" role="status">
          The page does not answer Porchlight. If you see nothing here, open it in its own tab: this device
          may have to accept the computer’s certificate there once.
        </p>
      )}
    </div>
  );
}

function loaded(frame: HTMLIFrameElement, address: string): Promise<void> {
  return new Promise((resolve) => {
    frame.addEventListener('load', () => resolve(), { once: true });
    frame.src = address;
  });
}
