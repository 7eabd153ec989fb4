// Where this person keeps projects, found by looking at the usual places: the one that holds most.
import { resolve } from 'node:path';
import { createFolders } from '../../system/folders.ts';

const usualPlaces = [
  ...['projects', 'Projects', 'code', 'Code', 'src', 'dev', 'Developer', 'development', 'work', 'workspace'],
  ...['git', 'github', 'repos', 'Repos', 'Sites', 'Documents/GitHub', 'Documents/projects', 'Documents/code'],
];

/** Their home folder when none of the usual places is there. */
export async function bestProjectsFolder(personHome: string): Promise<string> {
  const folders = createFolders(personHome);
  let best: { path: string; projects: number } | undefined;
  for (const place of usualPlaces) {
    const path = await folders.resolve(`~/${place}`);
    if (path === undefined) continue;
    const projects = (await folders.list(path)).filter(({ isProject }) => isProject).length;
    if (!best || projects > best.projects) best = { path, projects };
  }
  return best?.path ?? personHome;
}

/** As it was typed: from the working folder, or from home with `~`. Undefined when there is no such folder. */
export function folderAt(typed: string, personHome: string): Promise<string | undefined> {
  return createFolders(personHome).resolve(typed.startsWith('~') ? typed : resolve(typed));
}
