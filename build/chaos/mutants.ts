// Planted faults: copies of the daemon with one promise broken, to see that the chaos run finds each. A fault is an exact text
// in one source file and what stands there instead; a text that is no longer there fails loudly.
import { readFile } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';
import { daemonOptions } from '../bundle-daemon.ts';

export interface Mutant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export const mutants = {
  'ack-before-sync': {
    file: 'daemon/conversations/conversation.ts',
    from: 'return { eventId, durable, done: durable.then(() => eventId) };',
    to: 'return { eventId, durable, done: Promise.resolve(eventId) };',
  },
  'no-dedupe': {
    file: 'daemon/conversations/conversation.ts',
    from: 'const earlier = () => sent.find(deviceId, clientId, content);',
    to: 'const earlier = (): Promise<number> | undefined => undefined;',
  },
  'broadcast-before-sync': {
    file: 'daemon/store/jsonl-log.ts',
    from: 'await file.datasync();',
    to: 'const late = file; setTimeout(() => void late.datasync().catch(() => undefined), 30);',
  },
  'no-checksum': {
    file: 'daemon/store/record.ts',
    from: "if (line.toString('latin1', end + 1) !== checksum(json)) return undefined;",
    to: '',
  },
  'id-reused': {
    file: 'daemon/store/jsonl-log.ts',
    from: 'let nextId = head + 1;',
    to: 'let nextId = Math.max(1, head);',
  },
  'folds-too-much': {
    file: 'daemon/protocol/folded-deltas.ts',
    from: 'if (last?.to === id - 1) last.to = id;',
    to: 'if (last && last.to >= id - 2) last.to = id;',
  },
  'folds-the-offset-away': {
    file: 'daemon/protocol/folded-deltas.ts',
    from: "source = event['source'] ?? source;",
    to: '',
  },
  'folds-what-is-open': {
    file: 'daemon/protocol/folded-deltas.ts',
    from: 'if (ids) ids.push(event.id);',
    to: 'if (ids) found.push(event.id);',
  },
  'rename-not-synced': {
    file: 'daemon/store/jsonl-log.ts',
    from: 'await syncFolder(folder);\n    } catch (error) {\n      // The old file',
    to: '} catch (error) {\n      // The old file',
  },
  'folds-without-news': {
    file: 'daemon/store/jsonl-log.ts',
    from: 'news: before.slice(known.length)',
    to: 'news: []',
  },
} as const satisfies Record<string, Mutant>;

export type MutantName = keyof typeof mutants;

export function isMutant(name: string): name is MutantName {
  return Object.hasOwn(mutants, name);
}

/** Bundles the daemon with the fault into `folder`. */
export function bundleMutant(name: MutantName, folder: string): Promise<void> {
  return bundleWith([mutants[name]], folder);
}

/** The same with several faults, each in a file of its own. */
export async function bundleWith(faults: readonly Mutant[], folder: string): Promise<void> {
  await build({
    ...daemonOptions,
    outdir: folder,
    sourcemap: false,
    metafile: false,
    plugins: faults.map(planting),
  });
}

function planting({ file, from, to }: Mutant): Plugin {
  return {
    name: 'planted fault',
    setup(bundling) {
      const filter = new RegExp(`${file.replaceAll('.', '\\.')}$`);
      bundling.onLoad({ filter }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const parts = source.split(from);
        if (parts.length !== 2)
          throw new Error(`${file} holds the text to replace ${parts.length - 1} times, not once: ${from}`);
        return { contents: parts.join(to), loader: 'ts' };
      });
    },
  };
}
