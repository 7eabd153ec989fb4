import { expect, test } from 'vitest';
import { plainWords } from './plain-words.ts';

const line = (markdown: string) => plainWords(markdown).replaceAll(/\s+/g, ' ').trim();

test.each([
  [
    '## Context Usage\n\n**Model:** claude-opus-5-5  \n**Tokens:** 2k / 200k (1%)\n\n| Category | Tokens |\n|---|---:|\n| System prompt | 1.2k |',
    'Context Usage Model: claude-opus-5-5 Tokens: 2k / 200k (1%) Category · Tokens System prompt · 1.2k',
  ],
  [
    'Done. I changed `a.ts` and *one* more:\n\n- **b.ts**\n- [x] c.ts',
    'Done. I changed a.ts and one more: b.ts c.ts',
  ],
  ['> See [the page](https://example.com) and ![it](x.png)\n\n---\n\n1. first', 'See the page and it first'],
  ['```js\nlet a = 1;\n```', 'let a = 1;'],
  ['2 * 3 * 4 is a_b_c, **not** __init__ <br> ~~or~~', '2 * 3 * 4 is a_b_c, not init or'],
  ['a || b, x | y', 'a || b, x · y'],
])('%j reads as words', (markdown, words) => {
  expect(line(markdown)).toBe(words);
});
