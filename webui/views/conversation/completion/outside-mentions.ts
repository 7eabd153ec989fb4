// Which files a message names by `@` that lie outside the project: Claude Code reads those without asking (measured with
// 2.1.329). Pure text work; where links lead, the computer says.
import { isOutside } from '../../../../daemon/protocol/risk/outside.ts';

/** `linked`: those that lead outside although their words do not. */
export function outsideMentions(
  text: string,
  cwd: string,
  linked: ReadonlySet<string> = new Set(),
): readonly string[] {
  return mentionedPaths(text).filter((path) => linked.has(path) || isOutside(path, cwd));
}

/** Those of which only the computer can tell. */
export function innerMentions(text: string, cwd: string): readonly string[] {
  return mentionedPaths(text).filter((path) => !isOutside(path, cwd));
}

function mentionedPaths(text: string): readonly string[] {
  const mentions = [...text.matchAll(/(?:^|\s)@(?:"(?<quoted>[^"\n]+)"|(?<bare>[^\s"]+))/g)];
  const paths = mentions.map(({ groups }) => groups?.['quoted'] ?? sentenceless(groups?.['bare'] ?? ''));
  return [...new Set(paths.filter((path) => path !== ''))];
}

/** Without the comma or full stop of the sentence that it stands in. */
function sentenceless(path: string): string {
  return path.replace(/(?<=[\w/~-])[.,;:!?)\]]+$/, '');
}

/** One sentence; undefined when there is nothing to warn of. */
export function outsideWarning(
  text: string,
  cwd: string,
  linked: ReadonlySet<string> = new Set(),
): string | undefined {
  const paths = outsideMentions(text, cwd, linked).map((path) => `@${path}`);
  const [first] = paths;
  if (first === undefined) return undefined;
  if (paths.length === 1) return `${first} is outside this project. Claude will read it without asking.`;
  const last = paths.at(-1);
  return `${paths.slice(0, -1).join(', ')} and ${last} are outside this project. Claude will read them without asking.`;
}
