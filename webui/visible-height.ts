// Tells the styles how much of the window is not under the phone's keyboard: --visible-height, --visible-top, --keyboard.
// iOS does not resize the page for its keyboard; without this the composer would lie under it.

export function followVisibleHeight(): void {
  const { visualViewport: viewport } = window;
  if (!viewport) return;
  const { style } = document.documentElement;
  const set = () => {
    // A pinched page must not be laid out for its magnified part.
    if (viewport.scale > 1.01) return;
    const below = window.innerHeight - viewport.height - viewport.offsetTop;
    style.setProperty('--visible-height', `${viewport.height}px`);
    style.setProperty('--visible-top', `${viewport.offsetTop}px`);
    style.setProperty('--keyboard', `${Math.max(0, below)}px`);
  };
  viewport.addEventListener('resize', set);
  viewport.addEventListener('scroll', set);
  set();
}
