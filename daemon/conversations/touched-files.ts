// Which files a conversation has been about lately: what its tools read and wrote. Pure; looks at the newest pages only.
import type { ConversationView, Item } from '../protocol/view.ts';

/** Pages looked through, newest first: enough to remember, and the same work for a long conversation as for a short one. */
const pages = 4;

/** Relative to the conversation's folder, most recent first; none that lies outside. */
export function touchedFiles({
  pages: all,
  cwd,
}: Pick<ConversationView, 'pages' | 'cwd'>): readonly string[] {
  const items = all.slice(-pages).flat().toReversed();
  const paths = items.flatMap(pathsOf);
  const inside = paths.filter((path) => path.startsWith(`${cwd}/`)).map((path) => path.slice(cwd.length + 1));
  return [...new Set(inside)];
}

function pathsOf(item: Item): readonly string[] {
  if (item.kind !== 'tool' || typeof item.input !== 'object' || item.input === null) return [];
  const { file_path: file, notebook_path: notebook } = item.input as Record<string, unknown>;
  return [file, notebook].filter((path) => typeof path === 'string');
}
