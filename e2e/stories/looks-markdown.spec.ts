// What Claude's Markdown looks like, finished and half written. The pictures are for a person; see people/look.ts for what is
// checked.
import { hold, text } from '../../daemon/testing/scripted-api/replies.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

const sample = `# A heading with \`code\` in it

Some words with **strong**, *slanted*, ~~gone~~ and \`inline code\`, [a link](https://example.org/a?b=1), and
https://example.org/a/very/long/address/that/does/not/end/and/goes/on/and/on/for/ever.html.

## Lists

- one
  - nested, with a long line that must break somewhere on a narrow screen
    1. deeper
    2. still
- two

1. first

   with a paragraph of its own
2. second

- [x] done
- [ ] to do, with \`code\`

### A table

| Name | What it is for | Size | Since |
|------|:---------------|-----:|:-----:|
| \`alpha\` | The first of them, described at some length | 12,345 | 2024 |
| beta | Short | 1 | 2025 |

> A quote.
>
> > Quoted again.

\`\`\`ts
// A long line of code that is wider than any phone, so that it scrolls in its own box: yes.
export const answer = (question: string): number => (question === 'all' ? 42 : Number.NaN);
\`\`\`

A formula: $a_1 * b_2 * c_3 = \\frac{x}{y}$, and on its own:

$$
E = m c^2 \\\\
\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}
$$

![A picture](https://example.org/p.png)

مرحبا بالعالم، هذا نص عربي مع \`code\` في الوسط.

Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsparagraphenwerk

***
The end.`;

test('all that Markdown has', async ({ ana, daemon }) => {
  test.setTimeout(180_000);
  daemon.api.script('markdown', [() => [text(sample)]]);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[markdown]]');
  await expect(ana.receipts).toHaveCount(1);
  await expect(ana.page.locator('.code-block .ink-keyword').first()).toHaveText('export');
  await look(ana.page, 'markdown-end');
  await ana.page.getByRole('table').scrollIntoViewIfNeeded();
  await look(ana.page, 'markdown-middle');
  await ana.button('Wrap').click();
  await expect(ana.page.locator('.code-block pre')).toHaveCSS('white-space', 'pre-wrap');
});

test('half a fence, half a table and half a word in bold are drawn as what they will be', async ({
  ana,
  daemon,
}) => {
  const [before = '', after = ''] = sample.split('| beta');
  const cut = sample.indexOf('answer = (');
  daemon.api.script('halves', [
    () => [
      text(`${before}| beta`),
      hold('table'),
      text(`${after.slice(0, cut - before.length - 6)}`),
      hold('fence'),
      text(` \n\`\`\`\n\nIt is **nearly`),
      hold('bold'),
      text(' over**.'),
    ],
  ]);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[halves]]');
  await expect(ana.page.getByRole('cell', { name: 'beta' })).toBeVisible();
  await daemon.api.waiting('table');
  daemon.api.release('table');
  await expect(ana.page.locator('.code-block code')).toContainText('A long line of code');
  await daemon.api.waiting('fence');
  await expect(ana.page.locator('.markdown')).not.toContainText('```');
  daemon.api.release('fence');
  await expect(ana.page.locator('.markdown strong').last()).toHaveText('nearly');
  daemon.api.release('bold');
  await expect(ana.page.locator('.markdown strong').last()).toHaveText('nearly over');
});
