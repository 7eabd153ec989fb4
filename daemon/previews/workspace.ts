// The folder that a project is a part of: where a workspace keeps the packages of all its projects, and pages load them from.
import type { ProjectFiles } from '../ports/previews.ts';

const marks = ['pnpm-workspace.yaml', '.git', 'lerna.json', 'nx.json', 'turbo.json'];
const maxLevels = 4;

/** The nearest one above with the mark of a workspace, or the folder itself. */
export async function workspaceOf(files: ProjectFiles, folder: string): Promise<string> {
  let at = folder;
  for (let level = 0; level < maxLevels && at.lastIndexOf('/') > 0; level += 1) {
    const names = await files.names(at);
    if (marks.some((mark) => names.includes(mark))) return at;
    at = at.slice(0, at.lastIndexOf('/'));
  }
  return folder;
}
