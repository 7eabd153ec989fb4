// Paints the words that are looked for, in the rows that are drawn, without changing the document: text stays selectable and
// nothing is drawn anew. Where the browser cannot paint so, the row that was found is marked all the same.
import type { Finding } from './finding.ts';

const name = 'found';

export function markFound(content: HTMLElement | null, { text, state }: Finding): void {
  if (!content || typeof Highlight === 'undefined') return;
  const words = state.value === 'found' ? text.value : '';
  if (words === '') CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...rangesOf(content, words)));
}

/** How far below the upper edge of the screen the first of the words stand in this row, px; undefined when it shows none. */
export function topOfWords(row: HTMLElement, words: string): number | undefined {
  return rangesOf(row, words)[0]?.getBoundingClientRect().top;
}

function rangesOf(content: HTMLElement, words: string): Range[] {
  const wanted = words.toLowerCase();
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const written = (node.nodeValue ?? '').toLowerCase();
    for (let at = written.indexOf(wanted); at >= 0; at = written.indexOf(wanted, at + wanted.length)) {
      // A letter may have more or fewer parts when it is small; then the place is not sure.
      if (written.length !== node.nodeValue?.length) break;
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      ranges.push(range);
    }
  }
  return ranges;
}
