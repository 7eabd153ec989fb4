// Looking at a conversation as people see it: pictures in e2e/results/looks in light and dark, on small screens, over a keyboard
// and with text of twice the size, for a person to look at. What a machine can see of it is checked: nothing is wider than
// the screen, every control fits a thumb, and nothing lies behind what is docked.
import { expect, type Page } from '@playwright/test';
import { atSizes } from './pictures.ts';

const sizes = [
  { name: '390', width: 390, height: 844 },
  { name: '320', width: 320, height: 568 },
  { name: '390-keyboard', width: 390, height: 460 },
  { name: '390-large', width: 390, height: 844, text: '200%' },
];

export async function look(page: Page, name: string): Promise<void> {
  const found: string[] = [];
  await atSizes(page, sizes, { folder: 'looks', name }, async (at) => {
    found.push(...(await amiss(page)).map((words) => `${at}: ${words}`));
  });
  expect(found).toEqual([]);
}

/** What is wrong with the screen as it is, one line each. */
function amiss(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const root = document.documentElement;
    const nameOf = (element: Element) =>
      `${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)} (${element.className})`;
    if (root.scrollWidth > root.clientWidth)
      wrong.push(`${root.scrollWidth - root.clientWidth} px stick out`);
    for (const control of document.querySelectorAll('button, a[href], input, textarea')) {
      if (control.closest('p, li > code, td, .markdown p, .markdown li')) continue;
      // A tap on the words of a choice chooses it.
      const target = control.matches('[type=radio], [type=checkbox]') ? control.closest('label') : null;
      const { width, height } = (target ?? control).getBoundingClientRect();
      if (width > 0 && (width < 43.5 || height < 43.5))
        wrong.push(`too small: ${nameOf(control)} ${Math.round(width)}×${Math.round(height)}`);
    }
    // What scrolls sideways in a box of its own is meant to be wider.
    const isInBox = (element: Element) => element.closest('pre, .table-box, .draft-strip, .spoken') !== null;
    for (const element of document.querySelectorAll('.rows *, .dock *, dialog *')) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 0 && !isInBox(element) && (right > root.clientWidth + 1 || left < -1))
        wrong.push(`sticks out: ${nameOf(element)}`);
    }
    const scroll = document.querySelector('.transcript .scroll')?.getBoundingClientRect();
    const dock = document.querySelector('.dock')?.getBoundingClientRect();
    if (scroll && dock && scroll.bottom > dock.top + 1) wrong.push('the transcript lies behind the dock');
    if (dock && dock.bottom > window.innerHeight + 1) wrong.push('the dock is lower than the screen');
    const box = document.querySelector('.composer textarea')?.getBoundingClientRect();
    if (box && (box.bottom > window.innerHeight || box.height < 40)) wrong.push('the message box is cut');
    return wrong;
  });
}
