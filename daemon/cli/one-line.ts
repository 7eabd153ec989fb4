// What others have named, on its way to a person's terminal: one line, and nothing in it that steers the terminal, turns the text
// round or takes no room, so that no name can write what Porchlight says. Pure.
import { visibleText } from '../protocol/visible-text.ts';

export function oneLine(text: string): string {
  return visibleText(text.replaceAll(/\s+/g, ' '));
}
