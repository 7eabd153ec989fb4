// The config.json of a home, which a person may edit too: read as it is, one name of it changed with all else kept, and watched.
// What its values mean is not known here.
import { type FSWatcher, watch } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { SettingsFile } from '../ports/settings.ts';
import { writeDurably } from './durable-file.ts';

export function openSettingsFile(home: string): SettingsFile {
  const path = join(home, 'config.json');
  let writing: Promise<void> = Promise.resolve();

  async function read(): Promise<unknown> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '{}';
      throw new Error(`${path} cannot be read: ${error.message}.`, { cause: error });
    });
    try {
      return JSON.parse(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${path} is not valid JSON: ${reason}.`, { cause: error });
    }
  }

  async function write(name: string, value: unknown): Promise<void> {
    const before = await read();
    if (typeof before !== 'object' || before === null || Array.isArray(before))
      throw new Error(`${path}: it has to be an object, {"name": value}`);
    const { [name]: _old, ...others } = before as Record<string, unknown>;
    const after = value === undefined ? others : { ...before, [name]: value };
    // A link to where the person keeps such files stays one.
    const place = await realpath(path).catch(() => path);
    await writeDurably(place, `${JSON.stringify(after, null, 2)}\n`);
  }

  return {
    path,
    read,
    write(name, value) {
      const written = writing.then(() => write(name, value));
      writing = written.catch(() => undefined);
      return written;
    },
    watch(changed) {
      let watcher: FSWatcher;
      try {
        // The folder: a file that is replaced by another is no longer the one that was watched.
        watcher = watch(home, { persistent: false }, (_event, name) => {
          if (name === 'config.json') changed();
        });
      } catch (error) {
        // Where nothing more can be watched, the file is looked at when somebody asks for the settings.
        if (error instanceof Error && 'syscall' in error) return () => undefined;
        throw error;
      }
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    },
  };
}
