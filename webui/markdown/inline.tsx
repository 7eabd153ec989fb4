// Draws what stands inside a paragraph: emphasis, code, links. Every string ends in a text node.
// Never loads an image and never makes an element of raw HTML; a line break is the one tag that is understood.
import type { MarkedToken, Token } from 'marked';
import type { ComponentChildren } from 'preact';
import { decodeEntities } from './entities.ts';
import { mathType } from './math.ts';
import { safeHref, safeWrittenHref } from './safe-href.ts';

/** Where the tokens stand: a link in a link would be invalid. */
export type Within = 'text' | 'link';

export function inline(tokens: readonly Token[] | undefined, within: Within = 'text'): ComponentChildren[] {
  return (tokens ?? []).map((token) => (isMarked(token) ? one(token, within) : other(token)));
}

/** A formula, or what a later lexer may add. */
function other({ type, raw }: Token): ComponentChildren {
  if (type !== mathType) return raw;
  return (
    <span class="math" dir="ltr">
      {raw}
    </span>
  );
}

function one(token: MarkedToken, within: Within): ComponentChildren {
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? decodeEntities(token.text) : inline(token.tokens, within);
    case 'escape':
      return token.text;
    case 'strong':
      return <strong>{inline(token.tokens, within)}</strong>;
    case 'em':
      return <em>{inline(token.tokens, within)}</em>;
    case 'del':
      return <del>{inline(token.tokens, within)}</del>;
    case 'codespan':
      return <code dir="ltr">{token.text}</code>;
    case 'br':
      return <br />;
    case 'checkbox':
      return (
        <input
          type="checkbox"
          checked={token.checked}
          disabled
          aria-label={token.checked ? 'Done' : 'To do'}
        />
      );
    case 'link':
      return (
        <Link
          href={token.autolink === true ? safeHref(token.href) : safeWrittenHref(token.href)}
          within={within}
        >
          {token.autolink === true ? token.text : inline(token.tokens, 'link')}
        </Link>
      );
    case 'image':
      return (
        <Link href={safeWrittenHref(token.href)} within={within}>
          {decodeEntities(token.text) || 'Image'}
        </Link>
      );
    case 'html':
      return /^<br ?\/?>$/i.test(token.text) ? <br /> : token.text;
    default:
      return token.raw;
  }
}

function Link(props: { href: string | null; within: Within; children: ComponentChildren }) {
  if (props.href === null || props.within === 'link') return <>{props.children}</>;
  return (
    <a href={props.href} target="_blank" rel="noopener noreferrer">
      {props.children}
    </a>
  );
}

const types: ReadonlySet<string> = new Set<MarkedToken['type']>([
  'blockquote',
  'br',
  'checkbox',
  'code',
  'codespan',
  'def',
  'del',
  'em',
  'escape',
  'heading',
  'hr',
  'html',
  'image',
  'link',
  'list',
  'list_item',
  'paragraph',
  'space',
  'strong',
  'table',
  'text',
]);

/** False for what a later lexer may add. */
export function isMarked(token: Token): token is MarkedToken {
  return types.has(token.type);
}
