// Small JSON documents (settings, devices) by lowdb, through an adapter of ours: lowdb's own never syncs, uses one fixed
// temp name and turns 0600 into 0644. Not for anything that grows.
import { readFile } from 'node:fs/promises';
import { type Adapter, Low } from 'lowdb';
import type { Disk, Document } from '../ports.ts';
import { writeDurably } from '../system/durable-file.ts';

/**
 * Opens the document at `path`. `parse` turns what the file holds into a value, or throws an Error that says what is
 * wrong; a file that is not there gives `initial`. A change that cannot be written is taken back.
 */
export async function openDocument<T>(options: {
  path: string;
  initial: T;
  parse: (json: unknown) => T;
  disk?: Pick<Disk, 'blame'>;
}): Promise<Document<T>> {
  const db = new Low<T>(durableAdapter(options.path, options.parse), options.initial);
  await db.read();
  let written = db.data;
  return {
    get value() {
      return db.data;
    },
    async update(change) {
      const changed = change(db.data);
      db.data = changed;
      try {
        await db.write();
        written = changed;
      } catch (error) {
        if (db.data === changed) db.data = written;
        throw (await options.disk?.blame(error)) ?? error;
      }
    },
  };
}

function durableAdapter<T>(path: string, parse: (json: unknown) => T): Adapter<T> {
  let writing: Promise<void> = Promise.resolve();
  let next: { value: T; done: Promise<void> } | undefined;
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (text === null) return null;
      try {
        return parse(JSON.parse(text));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(
          `${path} cannot be read (${reason}). Mend it by hand, or move it away to start afresh.`,
          { cause: error },
        );
      }
    },
    /** Writes that come while one is under way share the next one, which takes the newest value. */
    write(value) {
      if (next) {
        next.value = value;
        return next.done;
      }
      const job = { value, done: Promise.resolve() };
      job.done = writing.then(() => {
        next = undefined;
        return writeDurably(path, `${JSON.stringify(job.value, null, 2)}\n`);
      });
      next = job;
      writing = job.done.then(undefined, () => undefined);
      return job.done;
    },
  };
}
