import { Component, isValidElement } from 'preact';
import { describe, expect, test } from 'vitest';
import { ColouredCode } from '../tools/colours/coloured-code.tsx';
import { CopyButton } from './copy-button.tsx';
import { Markdown } from './markdown.tsx';

/** What a text would put on the page: nested arrays of `[tag, attributes, ...children]` and strings. */
type Drawn = string | readonly [string, Record<string, unknown>, ...Drawn[]];

function drawn(node: unknown): Drawn[] {
  if (node === null || node === undefined || typeof node === 'boolean') return [];
  if (Array.isArray(node)) return joined(node.flatMap(drawn));
  if (!isValidElement(node)) return [String(node)];
  const { type, props } = node as { type: unknown; props: Record<string, unknown> };
  if (type === ColouredCode) return [String(props['text'])];
  if (type === CopyButton) return [['copy', { text: props['text'] }]];
  if (typeof type === 'string') {
    const { children, ...attributes } = props;
    return [[type, attributes, ...drawn(children)]];
  }
  const Type = type as { new (props: unknown): Component; (props: unknown): unknown };
  if (Type.prototype instanceof Component) return drawn(new Type(props).render(props as never));
  return drawn(Type(props));
}

function joined(nodes: Drawn[]): Drawn[] {
  const all: Drawn[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    if (typeof node === 'string' && typeof last === 'string') all[all.length - 1] = last + node;
    else all.push(node);
  }
  return all;
}

class Page {
  private readonly component = new Markdown({ text: '', open: true });

  show(text: string, open: boolean): Drawn[] {
    const [root] = drawn(this.component.render({ text, open }));
    return root === undefined || typeof root === 'string' ? [] : (root.slice(2) as Drawn[]);
  }
}

const shown = (text: string) => new Page().show(text, false);
const streaming = (text: string) => new Page().show(text, true);
const elements = (nodes: readonly Drawn[]): (readonly [string, Record<string, unknown>, ...Drawn[]])[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...elements(node.slice(2) as Drawn[])]));
const words = (nodes: readonly Drawn[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : words(node.slice(2) as Drawn[]))).join('');
const tags = (text: string) => elements(shown(text)).map(([tag]) => tag);
const links = (text: string) =>
  elements(shown(text)).flatMap(([, { href }]) => (href === undefined ? [] : [href]));

const sample = `# A *title* &amp; more

A paragraph with **strong**, _em_, ~~gone~~, \`code\`, a [link](https://example.org/a?b=1&amp;c) and
https://example.org. Then $x^2$ and <b>raw</b>.
- directly
- a list

1. one

   more of one
2. two
   - nested \`x\`
     1. deep

- [ ] open
- [x] done

| a | b |
|---|--:|
| 1 | **2** |

> quoted
> > twice

    indented

    code

\`\`\`ts
const a = 1;

const b = '- no list';
\`\`\`

Title
=====
***
<div>

block

</div>

![picture](https://example.org/p.png) end
`;

describe('a streamed text', () => {
  const final = shown(sample);

  test.each([
    ['a sample', sample],
    ['a sample with definitions', `See [this][a].\n\n${sample}\n\n[a]: https://example.org/ref\n\nAnd [a].`],
    ['a list that goes on behind a blank line', '1. a\n\n2. b\n\nc\n\n- x\n\n  y\n\n\n- z'],
    ['line ends of Windows', 'a\r\n\r\n- b\r\n- c\r\n\r\n```\r\nd\r\n```\r\n'],
  ])('ends as the whole does when it comes in two parts, cut anywhere: %s', (_name, text) => {
    const whole = shown(text);
    for (let cut = 0; cut <= text.length; cut += 1) {
      const page = new Page();
      page.show(text.slice(0, cut), true);
      expect(page.show(text, false), `cut at ${cut}`).toEqual(whole);
    }
  });

  test('ends as the whole does when it comes character by character, and on the way too', () => {
    const page = new Page();
    for (let cut = 0; cut <= sample.length; cut += 1) {
      const text = sample.slice(0, cut);
      expect(page.show(text, true), `cut at ${cut}`).toEqual(streaming(text));
    }
    expect(page.show(sample, false)).toEqual(final);
  });

  test('shows an unclosed fence as code', () => {
    expect(elements(streaming('```ts\nlet a')).map(([tag]) => tag)).toContain('pre');
  });

  test('shows no half table until its second row is there', () => {
    expect(elements(streaming('| a | b |\n|--')).map(([tag]) => tag)).toEqual([]);
    expect(elements(streaming('| a | b |\n|---|---|\n')).map(([tag]) => tag)).toContain('table');
  });

  test('makes no heading of a paragraph whose list begins', () => {
    expect(elements(streaming('Some words\n-')).map(([tag]) => tag)).toEqual(['p']);
  });

  test('shows unclosed emphasis as emphasis', () => {
    expect(streaming('a **b')).toEqual([['p', { dir: 'auto' }, 'a ', ['strong', {}, 'b']]]);
  });
});

describe('links', () => {
  test.each([
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](<java\tscript:alert(1)>)',
    '[a](&#106;avascript:alert(1))',
    '[a](&#x6A;avascript&colon;alert(1))',
    '[a](javascript&colon;alert(1))',
    '[a](java&Tab;script:alert(1))',
    '[a](java&NewLine;script:alert(1))',
    '[a](\u0001javascript:alert(1))',
    '[a](<  javascript:alert(1)>)',
    '[a](data:text/html,<script>alert(1)</script>)',
    '[a](DATA:text/html;base64,AAAA)',
    '[a](vbscript:msgbox)',
    '[a](file:///etc/passwd)',
    '[a](blob:https://example.org/x)',
    '[a](//example.org)',
    '[a](src/main.ts)',
    '<javascript:alert(1)>',
    '![a](javascript:alert(1))',
    '[a][b]\n\n[b]: javascript:alert(1)',
    '<a href="https://example.org">a</a>',
  ])('%j has no address', (text) => {
    expect(links(text)).toEqual([]);
    expect(words(shown(text))).toContain('a');
  });

  test.each([
    ['[a](https://example.org/?a=1&amp;b=2)', 'https://example.org/?a=1&b=2'],
    ['https://example.org/?a=1&b=2', 'https://example.org/?a=1&b=2'],
    ['<mailto:ana@example.org>', 'mailto:ana@example.org'],
    ['[a](HTTP://EXAMPLE.org)', 'http://example.org/'],
  ])('%j opens outside', (text, href) => {
    const [link] = elements(shown(text)).filter(([tag]) => tag === 'a');
    expect(link?.[1]).toEqual({ href, target: '_blank', rel: 'noopener noreferrer' });
  });

  test('an image is a link with its words, and never an image', () => {
    expect(tags('![alt *x*](https://example.org/p.png)')).toEqual(['p', 'a']);
    expect(words(shown('![](https://example.org/p.png)'))).toBe('Image');
  });

  test('an image in a link leaves one link', () => {
    expect(links('[![b](https://example.org/p.png)](https://example.org/)')).toEqual([
      'https://example.org/',
    ]);
  });
});

describe('raw HTML', () => {
  test.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '<div onclick="a()">\n\n**b**\n\n</div>',
    '<!-- a --> b',
    '| a |\n|---|\n| <svg onload=a()> |',
    '- <iframe src="https://example.org"></iframe>',
  ])('%j is text', (text) => {
    const made = elements(shown(text)).map(([tag]) => tag);
    expect(made.filter((tag) => !/^(p|strong|div|table|thead|tbody|tr|th|td|ul|li|a)$/.test(tag))).toEqual(
      [],
    );
    expect(words(shown(text))).toMatch(/<[a-z!]/);
  });

  test('a line break is understood', () => {
    expect(tags('a<br>b')).toEqual(['p', 'br']);
  });
});

test('character references are characters, but not in code', () => {
  expect(words(shown('a &lt;b&gt; &#8212; `&lt;` &unheard;'))).toBe('a <b> — &lt; &unheard;');
});

describe('a formula stays as it was written', () => {
  const formulas = (text: string) =>
    elements(shown(text)).flatMap(([, attributes, ...inside]) =>
      attributes['class'] === 'math' ? [words(inside)] : [],
    );

  test.each([
    ['so $a_1 * b_2 * c_3$ it is', ['$a_1 * b_2 * c_3$']],
    ['$x$ and \\(y_1\\)', ['$x$', '\\(y_1\\)']],
    ['$$\n\\frac{a}{b}\n- c_1\n= d_1\n$$', ['$$\n\\frac{a}{b}\n- c_1\n= d_1\n$$']],
    ['\\[ a *b* c \\]\n\nnext', ['\\[ a *b* c \\]']],
    ['- in a list: $a*b*c$', ['$a*b*c$']],
  ])('%j', (text, told) => {
    expect(formulas(text)).toEqual(told);
  });

  test.each([
    'from $5 to $10',
    'US$ 5, and AU$ 6',
    'an `$a_1$` in code',
    'costs $5 (not $6)',
    '$HOME or $PATH',
    'it is $5+tax or $10',
    '$$a\n\nb=c$$',
  ])('%j is none', (text) => {
    expect(formulas(text)).toEqual([]);
  });
});

test('thousands of nested quotes are still shown', () => {
  expect(words(shown(`${'>'.repeat(3000)} deep`))).toContain('deep');
});
