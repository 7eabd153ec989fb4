// The folders that pages of a project load files from by their full paths: the workspace that it is a part of, and where its packages
// really lie, when that is behind a link.
import type { ProjectFiles } from '../ports/previews.ts';
import { parseManifest } from './detect-node.ts';

/** Not `.git`: some keep their whole home in one. */
const marks = ['pnpm-workspace.yaml', 'lerna.json', 'nx.json', 'turbo.json', 'rush.json'];
const maxLevels = 4;

export async function pageFolders(files: ProjectFiles, folder: string): Promise<readonly string[]> {
  const workspace = await workspaceOf(files, folder);
  const packages = await Promise.all([workspace, folder].map((one) => files.resolve(`${one}/node_modules`)));
  return [...new Set([workspace, ...packages.filter((one) => one !== undefined)])];
}

/** The nearest one above with the mark of a workspace, or the folder itself. */
async function workspaceOf(files: ProjectFiles, folder: string): Promise<string> {
  let at = folder;
  for (let level = 0; level < maxLevels && at.lastIndexOf('/') > 0; level += 1) {
    const names = await files.names(at);
    if (marks.some((mark) => names.includes(mark))) return at;
    const manifest = names.includes('package.json') ? await files.read(`${at}/package.json`) : undefined;
    if (parseManifest(manifest ?? '{}').workspaces.length > 0) return at;
    at = at.slice(0, at.lastIndexOf('/'));
  }
  return folder;
}
