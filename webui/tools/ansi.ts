// Reads what a program wrote for a terminal: pieces of text with their colours. Pure.
// Understands colours and weights, and a carriage return that overwrites its line; other control sequences are dropped.

export type Colour = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white';

export interface Style {
  readonly colour: Colour | null;
  readonly background: Colour | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
}

export interface Piece {
  readonly text: string;
  readonly style: Style;
}

export const plainStyle: Style = {
  colour: null,
  background: null,
  isBold: false,
  isDim: false,
  isItalic: false,
  isUnderlined: false,
};

const colours: readonly Colour[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
const sequence = new RegExp(
  [
    `${esc}\\[([\\d;:]*)m`,
    `${esc}\\[[\\d;:?<=>!]*[ -/]*[@-~]`,
    `${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\|$)`,
    `${esc}[ -/]*[0-~]`,
    '(?!\\t)\\p{Cc}',
  ].join('|'),
  'gu',
);

/** The lines of an output, each in pieces of one style; a style goes on over line ends. */
export function ansiLines(output: string): Piece[][] {
  let style = plainStyle;
  return output.split(/\r?\n/).map((line) => {
    const pieces: Piece[] = [];
    const add = (text: string) => {
      if (text !== '') pieces.push({ text, style });
    };
    let end = 0;
    const visible = overwritten(line);
    for (const match of visible.matchAll(sequence)) {
      add(visible.slice(end, match.index));
      end = match.index + match[0].length;
      if (match[1] !== undefined) style = restyled(style, match[1]);
    }
    add(visible.slice(end));
    return pieces;
  });
}

/** What stands on a line at its end: progress bars write the same line many times. */
function overwritten(line: string): string {
  const bare = line.replace(/\r+$/, '');
  return bare.slice(bare.lastIndexOf('\r') + 1);
}

function restyled(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let style = before;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, length } = extended(codes.slice(at + 1));
      style = code === 38 ? { ...style, colour } : { ...style, background: colour };
      at += length;
    } else style = styled(style, code);
  }
  return style;
}

function styled(style: Style, code: number): Style {
  if (code === 0) return plainStyle;
  if (code === 1) return { ...style, isBold: true };
  if (code === 2) return { ...style, isDim: true };
  if (code === 3) return { ...style, isItalic: true };
  if (code === 4) return { ...style, isUnderlined: true };
  if (code === 22) return { ...style, isBold: false, isDim: false };
  if (code === 23) return { ...style, isItalic: false };
  if (code === 24) return { ...style, isUnderlined: false };
  if (code === 39) return { ...style, colour: null };
  if (code === 49) return { ...style, background: null };
  const unit = colours[code % 10] ?? null;
  const tens = Math.floor(code / 10);
  if (unit !== null && (tens === 3 || tens === 9)) return { ...style, colour: unit };
  if (unit !== null && (tens === 4 || tens === 10)) return { ...style, background: unit };
  return style;
}

/** `5;N` is one of 256, `2;R;G;B` any colour: the nearest of the eight, so that it fits light and dark. */
function extended(codes: readonly number[]): { colour: Colour | null; length: number } {
  const [kind, first = 0, second = 0, third = 0] = codes;
  if (kind === 2) return { colour: nearest(first, second, third), length: 4 };
  if (kind !== 5) return { colour: null, length: 1 };
  if (first < 16) return { colour: colours[first % 8] ?? null, length: 2 };
  if (first >= 232) return { colour: null, length: 2 };
  const cube = first - 16;
  const level = (value: number) => (value % 6) * 51;
  return {
    colour: nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6)), level(cube)),
    length: 2,
  };
}

/** null for greys, which are as readable as plain text is. */
function nearest(red: number, green: number, blue: number): Colour | null {
  const strongest = Math.max(red, green, blue);
  if (strongest - Math.min(red, green, blue) < 40) return null;
  const isStrong = (value: number) => (value > strongest * 0.6 ? 1 : 0);
  return colours[isStrong(red) + isStrong(green) * 2 + isStrong(blue) * 4] ?? null;
}
