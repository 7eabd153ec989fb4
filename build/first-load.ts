// Says which files a phone fetches before the app can draw: the entry, what it imports statically, and the styles.
// Dynamic imports are left out on purpose; they are fetched when they are needed.
import type { Metafile } from 'esbuild';

/** Paths below `folder`; `scripts[0]` is the entry. */
export interface FirstLoad {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

export function firstLoad(of: { metafile: Metafile; entry: string; folder: string }): FirstLoad {
  const { outputs } = of.metafile;
  const scripts = new Set<string>();
  const styles = new Set<string>();
  for (const [path, output] of Object.entries(outputs)) if (output.entryPoint === of.entry) follow(path);
  const below = (path: string) => path.slice(of.folder.length + 1);
  return { scripts: [...scripts].map(below), styles: [...styles].map(below) };

  function follow(path: string): void {
    const output = outputs[path];
    if (output === undefined || scripts.has(path)) return;
    scripts.add(path);
    if (output.cssBundle !== undefined) styles.add(output.cssBundle);
    for (const imported of output.imports) if (imported.kind === 'import-statement') follow(imported.path);
  }
}
