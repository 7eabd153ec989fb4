// Reads code and says which of its words are what, line by line. The only file that knows lowlight; fetched when there is
// something to colour. Gives words and names of colours, never HTML.
import { common, createLowlight } from 'lowlight';

export type Ink =
  | 'comment'
  | 'keyword'
  | 'literal'
  | 'name'
  | 'string'
  | 'type'
  | 'attribute'
  | 'added'
  | 'removed';

export interface ColouredPiece {
  readonly text: string;
  /** null: as plain as the text around. */
  readonly ink: Ink | null;
}

export type ColouredLine = readonly ColouredPiece[];

type Node = ReturnType<ReturnType<typeof createLowlight>['highlight']>['children'][number];

const lowlight = createLowlight(common);

/** The lines of the code, together exactly its text. */
export function colouredLines(code: string, language: string): readonly ColouredLine[] {
  const lines: ColouredPiece[][] = [[]];
  const add = (text: string, ink: Ink | null) => {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, ink });
    });
  };
  const walk = (node: Node, ink: Ink | null) => {
    if (node.type === 'text') add(node.value, ink);
    if (node.type !== 'element') return;
    const own = inkOf(node.properties['className']) ?? ink;
    for (const child of node.children) walk(child, own);
  };
  for (const child of lowlight.highlight(language, code).children) walk(child, null);
  return lines;
}

const inks: Readonly<Record<string, Ink>> = {
  'hljs-addition': 'added',
  'hljs-attr': 'attribute',
  'hljs-attribute': 'attribute',
  'hljs-built_in': 'type',
  'hljs-bullet': 'literal',
  'hljs-code': 'string',
  'hljs-comment': 'comment',
  'hljs-deletion': 'removed',
  'hljs-doctag': 'comment',
  'hljs-keyword': 'keyword',
  'hljs-link': 'string',
  'hljs-literal': 'literal',
  'hljs-meta': 'comment',
  'hljs-name': 'keyword',
  'hljs-number': 'literal',
  'hljs-property': 'attribute',
  'hljs-quote': 'comment',
  'hljs-regexp': 'string',
  'hljs-section': 'name',
  'hljs-selector-class': 'name',
  'hljs-selector-id': 'name',
  'hljs-selector-tag': 'keyword',
  'hljs-string': 'string',
  'hljs-symbol': 'literal',
  'hljs-title': 'name',
  'hljs-type': 'type',
  'hljs-variable': 'attribute',
};

function inkOf(classes: unknown): Ink | null {
  if (!Array.isArray(classes)) return null;
  for (const each of classes)
    if (typeof each === 'string' && Object.hasOwn(inks, each)) return inks[each] ?? null;
  return null;
}
