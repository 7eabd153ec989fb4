// A conversation as one page to keep: nothing is fetched, nothing runs, all that was said is text. Pure.
import type { ConversationView, Item } from '../protocol/view.ts';
import { factsOf, markWords, receiptLine, timeOf, titleOf, toolLine } from './exported-text.ts';

const style = `
:root{color-scheme:light dark;--ink:#1b2131;--soft:#555b6b;--line:#1b213121;--paper:#faf8f4;--bubble:#eeeae1}
@media(prefers-color-scheme:dark){:root{--ink:#ebe7de;--soft:#abb0bf;--line:#ebe7de21;--paper:#0e1322;--bubble:#1e2640}}
body{margin:0 auto;max-width:46rem;padding:2rem 1rem 4rem;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:0}
.facts,.soft,summary{color:var(--soft);font-size:.875rem}
.you{margin:2rem 0 1rem;padding:.75rem 1rem;border-radius:14px;background:var(--bubble)}
.text,.you,.think{white-space:pre-wrap}
.think{color:var(--soft);border-inline-start:2px solid var(--line);padding-inline-start:.75rem;margin:1rem 0}
.text{margin:1rem 0}
pre{overflow-x:auto;padding:.75rem;border-radius:8px;background:var(--bubble);font:.8125rem/1.5 ui-monospace,monospace;white-space:pre-wrap}
details{border-top:1px solid var(--line);padding:.375rem 0}
summary{cursor:pointer;font-family:ui-monospace,monospace}
.end{border-top:1px solid var(--line);margin-top:1rem;padding-top:.5rem}
`;

export function asPage(view: ConversationView): string {
  const title = escaped(titleOf(view));
  const facts = escaped(factsOf(view).join(' · '));
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    `<h1 dir="auto">${title}</h1>`,
    `<p class="facts">${facts}</p>`,
    ...view.pages.flat().map(itemPart),
  ].join('\n');
}

function itemPart(item: Item): string {
  switch (item.kind) {
    case 'message': {
      const files = (item.attachments ?? []).map(
        ({ name }) => `<span class="soft">${escaped(name)}</span>\n`,
      );
      const by = `<span class="soft">You, ${timeOf(item.at)}</span>\n`;
      return `<div class="you" dir="auto">${by}${files.join('')}${escaped(item.text)}</div>`;
    }
    case 'text':
      return `<div class="text" dir="auto">${withCode(item.text)}</div>`;
    case 'thinking':
      return `<div class="think" dir="auto">${escaped(item.text)}</div>`;
    case 'tool': {
      const input = escaped(JSON.stringify(item.input, null, 2) ?? '');
      const output = item.output === '' ? '' : `<pre dir="auto">${escaped(item.output)}</pre>`;
      return `<details><summary>${escaped(toolLine(item))}</summary><pre>${input}</pre>${output}</details>`;
    }
    case 'receipt':
      return `<p class="soft end">${escaped(receiptLine(item))}</p>`;
    case 'notice':
      return `<p class="soft">${escaped(item.text)}</p>`;
    case 'mark':
      return `<p class="soft end">${markWords[item.mark]}</p>`;
    case 'unknown':
      return `<pre>${escaped(JSON.stringify(item.value, null, 2))}</pre>`;
    default:
      return item satisfies never;
  }
}

/** Fenced code stands out; the rest is as it was written. */
function withCode(markdown: string): string {
  return markdown
    .split(/^(```+)[^\n]*\n([\s\S]*?)^\1`*[ \t]*$/gm)
    .map((part, index) =>
      index % 3 === 0
        ? escaped(part.trim())
        : index % 3 === 2
          ? `<pre><code>${escaped(part)}</code></pre>`
          : '',
    )
    .join('');
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
}
