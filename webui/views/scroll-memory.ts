// Remembers how far a list was scrolled while another place is shown. In memory only.

const positions = new Map<string, number>();

/** A ref for the scrolling element: restores its place when it appears, notes it when it goes. */
export function keepScroll(name: string): (element: HTMLElement | null) => void {
  return (element) => {
    if (!element || element.dataset['scrollName'] === name) return;
    element.dataset['scrollName'] = name;
    element.scrollTop = positions.get(name) ?? 0;
    element.addEventListener('scroll', () => positions.set(name, element.scrollTop), { passive: true });
  };
}
