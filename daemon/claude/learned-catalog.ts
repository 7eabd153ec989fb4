// The catalog of one running `claude`: asked for once, then kept true by what the run says of changes. Tells whoever wants
// to know of each new one. Never writes to the log.
import { AppError } from '../protocol/errors.ts';
import type { Catalog } from '../protocol/catalog.ts';
import { parseCatalog, parseCommands } from './catalog.ts';
import type { Control } from './control.ts';

export interface LearnedCatalog {
  /** As the run has it now; asks the run the first time. Rejects with `claude_unavailable`. */
  get(): Promise<Catalog>;
  /** To be fed with the list of every `commands_changed` line. */
  changed(commands: readonly unknown[]): void;
}

export function learnCatalog(options: {
  request: Control['request'];
  learned: (catalog: Catalog) => void;
}): LearnedCatalog {
  const { request, learned } = options;
  let asked: Promise<Catalog> | undefined;
  /** Of a change that came before the answer, or after it. */
  let latest: Catalog['commands'] | undefined;

  async function ask(): Promise<Catalog> {
    const catalog = parseCatalog(await request({ subtype: 'initialize' }));
    if (!catalog) throw new AppError('claude_unavailable', 'Claude Code did not say which commands it has.');
    const current = latest ? { ...catalog, commands: latest } : catalog;
    learned(current);
    return current;
  }

  function get(): Promise<Catalog> {
    if (asked) return asked;
    const asking = ask();
    asked = asking;
    asking.catch(() => {
      if (asked === asking) asked = undefined;
    });
    return asking;
  }

  return {
    get,
    changed(commands) {
      latest = parseCommands(commands);
      asked = asked?.then((catalog) => {
        const current = { ...catalog, commands: latest ?? catalog.commands };
        learned(current);
        return current;
      });
      // Whoever asked hears of the refusal; the change itself has nobody to tell.
      asked?.catch(() => {
        asked = undefined;
      });
    },
  };
}
