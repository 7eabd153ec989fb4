// What Claude is told of a preview: of errors in the page, of a server that ended, of pins. It goes into the composer for the person
// to read and send. What came from the page is fenced in, so that it reads as what it is. Pure.
import type { PageProblem, PickedElement } from '../../../daemon/protocol/inspector.ts';
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { ansiLines } from '../../tools/ansi.ts';

const mostProblems = 12;

export interface Pin extends PickedElement {
  readonly note: string;
}

type Told = Pick<PreviewSummary, 'name' | 'folder'>;

export function problemsPrompt({ name }: Told, problems: readonly PageProblem[]): string {
  const shown = counted(problems).slice(-mostProblems);
  const lines = shown.map(({ problem: { kind, text, where, path }, times }) => {
    const place = [where === '' ? '' : `at ${where}`, `on ${path}`].filter((word) => word !== '').join(', ');
    return `[${kind}${times > 1 ? `, ${times} times` : ''}] ${text}\n  (${place})`;
  });
  const said = problems.length === 1 ? 'This went wrong' : 'These went wrong';
  return `${said} in the page of the preview “${name}”. Please find out why and fix it.\n\n${fenced(lines.join('\n'))}`;
}

export function crashPrompt({ name, command, reason, lastLines }: PreviewSummary): string {
  const ran = command === '' ? '' : ` (\`${command}\`)`;
  const output =
    lastLines.length === 0 ? '' : `\n\nIts last lines:\n\n${fenced(plain(lastLines.join('\n')))}`;
  return `The preview “${name}”${ran} has ended. ${reason} Please find out why and fix it.${output}`;
}

/** `hasPictures`: pictures of the places go with it, in the same order. */
export function pinsPrompt(
  { name, folder }: Told,
  pins: readonly Pin[],
  { hasPictures, width }: { hasPictures: boolean; width: number },
): string {
  const items = pins.map((pin, index) => {
    const { x, y, width: wide, height } = pin.box;
    const facts = [
      `element: <${pin.tag}>, selector: ${pin.selector}`,
      ...(pin.text === '' ? [] : [`text: ${JSON.stringify(pin.text)}`]),
      `page: ${pin.path}, box: ${wide}×${height} px at ${x}, ${y}`,
      `styles: ${pin.look}`,
      ...(pin.source ? [`source: ${sourceWords(pin.source, folder)}`] : []),
    ];
    return `${index + 1}. ${pin.note.trim() || 'Look at this one.'}\n${fenced(facts.join('\n'))}`;
  });
  const pictures = hasPictures
    ? 'The pictures show the places, in this order, as a browser on the computer draws them.'
    : 'There is no picture: no browser for that was found on the computer.';
  const what = pins.length === 1 ? 'a place' : `${pins.length} places`;
  return `I have marked ${what} in the preview “${name}”, seen ${width} px wide. ${pictures}\n\n${items.join('\n\n')}`;
}

export function sourceWords(source: NonNullable<Pin['source']>, folder: string): string {
  const { file, line, component } = source;
  const inside = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
  const at = line === null ? inside : `${inside}:${line}`;
  return component === '' ? at : `${at} (in ${component})`;
}

/** The same one again and again is one; its newest place in the order counts. */
export function counted(
  problems: readonly PageProblem[],
): readonly { readonly problem: PageProblem; readonly times: number }[] {
  const all = new Map<string, { problem: PageProblem; times: number }>();
  for (const problem of problems) {
    const key = `${problem.kind} ${problem.text}`;
    const times = (all.get(key)?.times ?? 0) + 1;
    all.delete(key);
    all.set(key, { problem, times });
  }
  return [...all.values()];
}

/** Nothing in the text can end the fence. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([marks]) => marks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function plain(text: string): string {
  return ansiLines(text)
    .map((line) => line.map((piece) => piece.text).join(''))
    .join('\n');
}
