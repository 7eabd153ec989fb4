// Draws one block of Markdown, and the blocks inside it. A pure function of its token.
// Does not load code colours, images or formulas: what it does not know is shown as it was written.
import type { MarkedToken, Token, Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { CodeBlock } from './code-block.tsx';
import { decodeEntities } from './entities.ts';
import { inline, isMarked } from './inline.tsx';
import { mathType } from './math.ts';

// Deeper than anyone reads; every level takes its share of the stack and of a phone's width.
const deepest = 12;

export function block(token: Token, depth = 0): ComponentChildren {
  if (token.type === mathType)
    return (
      <p class="math" dir="ltr">
        {token.raw.trim()}
      </p>
    );
  if (depth > deepest || !isMarked(token)) return <p dir="auto">{token.raw}</p>;
  return known(token, depth);
}

function known(token: MarkedToken, depth: number): ComponentChildren {
  const dir = directionAt(depth);
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      return (
        <Heading level={token.depth} dir={dir}>
          {inline(token.tokens)}
        </Heading>
      );
    case 'paragraph':
      return <p dir={dir}>{inline(token.tokens)}</p>;
    case 'text':
      return token.tokens === undefined ? token.text : inline(token.tokens);
    case 'code':
      return <CodeBlock text={token.text} language={languageOf(token)} />;
    case 'blockquote':
      return <blockquote dir={dir}>{inside(token.tokens, depth)}</blockquote>;
    case 'list':
      return list(token, depth);
    case 'table':
      return table(token, dir);
    case 'hr':
      return <hr />;
    case 'html':
      return (
        <p class="raw-html" dir="ltr">
          {token.text.trimEnd()}
        </p>
      );
    default:
      return inline([token]);
  }
}

function inside(tokens: readonly Token[], depth: number): ComponentChildren[] {
  return tokens.map((token) => block(token, depth + 1));
}

function list(token: Tokens.List, depth: number): ComponentChildren {
  const items = token.items.map((item) => (
    <li class={item.task ? 'task' : undefined}>{inside(item.tokens, depth)}</li>
  ));
  if (!token.ordered) return <ul dir={directionAt(depth)}>{items}</ul>;
  return (
    <ol start={typeof token.start === 'number' ? token.start : 1} dir={directionAt(depth)}>
      {items}
    </ol>
  );
}

/** In a box of its own, so that a wide table scrolls and the page does not; by keyboard too. */
function table(token: Tokens.Table, dir: 'auto' | undefined): ComponentChildren {
  const cell = (Tag: 'th' | 'td') => (of: Tokens.TableCell) => (
    <Tag class={of.align === null ? undefined : `to-${of.align}`}>{inline(of.tokens)}</Tag>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: else a keyboard could not scroll it, in Safari at least
    <div class="table-box" tabIndex={0}>
      <table dir={dir}>
        <thead>
          <tr>{token.header.map(cell('th'))}</tr>
        </thead>
        <tbody>
          {token.rows.map((row) => (
            <tr>{row.map(cell('td'))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Said by the outermost block alone: `auto` looks for letters only in what says nothing of its own. */
function directionAt(depth: number): 'auto' | undefined {
  return depth === 0 ? 'auto' : undefined;
}

/** A page's own headings come first, so Claude's begin one level below the conversation's title. */
function Heading(props: { level: number; dir: 'auto' | undefined; children: ComponentChildren }) {
  const Tag = headings[props.level - 1] ?? 'h6';
  return (
    <Tag class={`depth-${props.level}`} dir={props.dir}>
      {props.children}
    </Tag>
  );
}

const headings = ['h2', 'h3', 'h4', 'h5', 'h6', 'h6'] as const;

function languageOf(token: Tokens.Code): string {
  return decodeEntities(token.lang?.trim().split(/\s/)[0] ?? '');
}
