// What a project offers to preview: its own word first, then its dev servers, those of its parts, and folders of finished pages.
// Reads files and runs nothing.
import type { ProjectFiles } from '../ports/previews.ts';
import { type Candidate, offerIdOf } from './candidate.ts';
import { detectNode, parseManifest } from './detect-node.ts';
import { builtFolders, detectServers, detectStatic, readFiles, withoutSources } from './detect-others.ts';
import { ownFile, parseOwnFile } from './own-file.ts';

/** Parts that a project often has, beside those that its workspace names. */
const usualParts = ['web', 'frontend', 'client', 'app', 'site', 'www', 'docs', 'api', 'server', 'backend'];
const workspaceFolders = ['apps', 'packages'];
const maxParts = 24;

export interface Detected {
  readonly offerId: string;
  readonly candidate: Candidate;
}

/** `isTrusted`: whether the folder's own file may name commands. Best first; names are unique. */
export async function detect(
  files: ProjectFiles,
  { folder, isTrusted }: { folder: string; isTrusted: boolean },
): Promise<readonly Detected[]> {
  const names = await files.names(folder);
  const own = isTrusted && names.includes(ownFile) ? await files.read(`${folder}/${ownFile}`) : undefined;
  const found: Candidate[] = [...(own === undefined ? [] : (parseOwnFile(own) ?? []))];
  found.push(...(await detectIn(files, { folder, names, namesAbove: [] })));
  for (const part of await partsOf(files, folder, names)) {
    const inside = `${folder}/${part}`;
    const ofPart = await detectIn(files, {
      folder: inside,
      names: await files.names(inside),
      namesAbove: names,
    });
    found.push(...ofPart.map((candidate) => asPart(candidate, part)));
  }
  const taken = new Set<string>();
  return found
    .filter(({ name }) => !taken.has(name) && taken.add(name))
    .map((candidate) => ({ candidate, offerId: offerIdOf(folder, candidate) }));
}

async function detectIn(
  files: ProjectFiles,
  { folder, names, namesAbove }: { folder: string; names: readonly string[]; namesAbove: readonly string[] },
): Promise<readonly Candidate[]> {
  const manifest = names.includes('package.json') ? await files.read(`${folder}/package.json`) : undefined;
  const texts = new Map<string, string | undefined>();
  for (const name of readFiles)
    if (names.includes(name)) texts.set(name, await files.read(`${folder}/${name}`));
  const hasIndex: string[] = [];
  for (const built of builtFolders) {
    const here = built === '.' ? names : names.includes(built) ? await files.names(`${folder}/${built}`) : [];
    if (here.includes('index.html')) hasIndex.push(built);
  }
  return withoutSources([
    ...(manifest === undefined ? [] : detectNode({ manifest, names, namesAbove })),
    ...detectServers({ names, text: (name) => texts.get(name) }),
    ...detectStatic(hasIndex),
  ]);
}

async function partsOf(
  files: ProjectFiles,
  folder: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const manifest = names.includes('package.json') ? await files.read(`${folder}/package.json`) : undefined;
  const { workspaces } = parseManifest(manifest ?? '{}');
  const plain = workspaces.filter((one) => /^[\w@.-]+(\/[\w@.-]+)*$/.test(one) && !one.includes('..'));
  const below = new Set([
    ...workspaceFolders,
    ...workspaces.flatMap((one) => /^([\w@-][\w@.-]*)\/\*$/.exec(one)?.[1] ?? []),
  ]);
  const parts = new Set([...plain, ...usualParts.filter((name) => names.includes(name))]);
  for (const parent of below) {
    if (!names.includes(parent)) continue;
    for (const name of await files.names(`${folder}/${parent}`)) parts.add(`${parent}/${name}`);
  }
  return [...parts].slice(0, maxParts);
}

function asPart(candidate: Candidate, part: string): Candidate {
  const inside = candidate.inside === '.' ? part : `${part}/${candidate.inside}`;
  return { ...candidate, inside, name: `${part}:${candidate.name}`, source: `${part}/${candidate.source}` };
}
