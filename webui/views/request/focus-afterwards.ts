// Where the focus goes when a request is answered and its buttons leave the page, so that the next Tab does not begin at
// the page's top: to the next request, else to the message box. Only with a keyboard: a phone's own would come up.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { hasKeyboard } from '../wide.ts';

/** `section` can take the focus itself; `requestId` is of the request that it shows. */
export function useFocusAfterwards(section: { current: HTMLElement | null }, requestId?: string): void {
  const wasInside = useRef(false);
  useLayoutEffect(() => {
    const note = ({ target }: FocusEvent) => {
      wasInside.current = target instanceof Node && section.current?.contains(target) === true;
    };
    document.addEventListener('focusin', note);
    return () => {
      document.removeEventListener('focusin', note);
      if (!wasInside.current || !hasKeyboard.value) return;
      document.querySelector<HTMLElement>('.composer textarea')?.focus();
    };
  }, []);
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body;
    if (wasInside.current && isLost && hasKeyboard.value) section.current?.focus();
  }, [requestId]);
}
