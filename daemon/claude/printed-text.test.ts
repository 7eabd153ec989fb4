import { expect, test } from 'vitest';
import { asMarkdown } from './printed-text.ts';

test.each([
  [
    'markdown stays as it is',
    '## Context Usage\n\n| A | B |\n|---|---|\n| 1   | 2 |',
    '## Context Usage\n\n| A | B |\n|---|---|\n| 1   | 2 |',
  ],
  [
    'every line stays a line, columns become one space',
    'Estimated cost:        $0.05\nUsage by model:\n     opus:  13.4k input',
    'Estimated cost: $0.05  \nUsage by model:  \nopus: 13.4k input',
  ],
  ['an empty line parts paragraphs', 'One\n\nTwo', 'One\n\nTwo'],
  [
    'what only looks like a list is none',
    'Styles:\n- default\n2. other',
    'Styles:  \n\\- default  \n2\\. other',
  ],
])('%s', (_, printed, markdown) => {
  expect(asMarkdown(printed)).toBe(markdown);
});
