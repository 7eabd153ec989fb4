// Markdown as the words that a person reads, for where there is one line for it. Pure; a little that looks like a mark and is none
// may go with the marks.

const marks: readonly (readonly [RegExp, string])[] = [
  // Whole lines that say nothing: fences, rules, the line under a table's head.
  [
    /^[ \t]*(?:```.*|~~~.*|[-*_=](?:[ \t]*[-*_=]){2,}[ \t]*|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*)$/gm,
    '',
  ],
  [/^[ \t]*(?:>[ \t]?)+/gm, ''],
  [/^[ \t]*(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/gm, ''],
  [/^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$/gm, ''],
  [/[ \t]+\|[ \t]+/g, ' · '],
  [/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1'],
  [/<br ?\/?>/gi, ' '],
  [/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, '$2'],
  [/(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])/g, '$1'],
  [/(?<!\w)_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)/g, '$1'],
  [/~~(?=\S)([^\n]*?\S)~~/g, '$1'],
  [/`+([^`\n]+)`+/g, '$1'],
];

export function plainWords(markdown: string): string {
  return marks.reduce((text, [mark, words]) => text.replaceAll(mark, words), markdown);
}
