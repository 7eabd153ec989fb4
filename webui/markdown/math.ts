// Formulas in Claude's text, as marked's lexer is taught them: kept as they were written, so that their stars, underscores
// and backslashes are no Markdown. Draws nothing and sets no formula.
import type { MarkedOptions, Token } from 'marked';

/** A formula: `raw` is all of it, its dollars included. */
export const mathType = 'math';

// Without a blank line in it: what stands before a blank line is settled while a text is still being written.
const display = /^(?:\$\$(?:(?!\n[ \t]*\n)[\s\S])+?\$\$|\\\[(?:(?!\n[ \t]*\n)[\s\S])+?\\\])/;
const alone = /^[ \t]*(?:\n|$)/;
const inLine = /^(?:\\\((?:(?!\n)[\s\S])+?\\\)|\$(?![\s$])(?:\\.|[^$\\\n])+?(?<!\s)\$(?![\d$]))/;
/** Two prices in one sentence are no formula. */
const isFormula = /[\\^_{}=<>+*/]|^\$[A-Za-z]\$$/;

function blockMath(src: string): Token | undefined {
  const [formula] = display.exec(src) ?? [];
  if (formula === undefined) return undefined;
  const end = alone.exec(src.slice(formula.length));
  return end ? { type: mathType, raw: formula + end[0] } : undefined;
}

function inlineMath(src: string): Token | undefined {
  const [formula] = display.exec(src) ?? inLine.exec(src) ?? [];
  if (formula === undefined || !isFormula.test(formula)) return undefined;
  return { type: mathType, raw: formula };
}

/** Where the next may begin; -1 when there is none. */
const start = (src: string): number => src.search(/\$|\\[([]/);

export const mathExtensions = {
  ...{ block: [blockMath], inline: [inlineMath], startInline: [start] },
  ...{ childTokens: {}, renderers: {} },
} satisfies MarkedOptions['extensions'];
