// What a `claude` says it has (its answer to `initialize`, its `commands_changed` lines) as a catalog for the phone, and the
// last one heard of each folder. Leaves out what only makes sense in a terminal. Asks nobody.
import * as z from 'zod/mini';
import type { Catalog, CatalogCommand } from '../protocol/catalog.ts';
import { Effort } from '../protocol/events.ts';

const text = z.string();

const Command = z.looseObject({
  name: text,
  description: z.nullish(text),
  argumentHint: z.nullish(text),
  aliases: z.nullish(z.array(text)),
  builtin: z.nullish(z.boolean()),
});

const Initialized = z.looseObject({
  commands: z.nullish(z.array(z.unknown())),
  models: z.nullish(z.array(z.unknown())),
  agents: z.nullish(z.array(z.unknown())),
});

const Model = z.looseObject({
  value: text,
  displayName: z.nullish(text),
  description: z.nullish(text),
  resolvedModel: z.nullish(text),
  supportedEffortLevels: z.nullish(z.array(text)),
});

const Agent = z.looseObject({ name: text, description: z.nullish(text) });

/**
 * Listed by 2.1.329 or older ones, but headless they answer "isn't available", change only what a terminal shows, or choose
 * behind Porchlight's back what its own chips choose.
 */
const leftOut = new Set([
  ...['help', 'status', 'plan', 'model', 'effort', 'rename', 'agents', 'color', 'focus', 'fast', 'heapdump'],
  ...['auto-mode-setup', 'reload-plugins', 'workflow-launch-exec', 'exit', 'login', 'logout', 'resume'],
]);

/** Those that are wanted most, in the order in which they are offered behind the person's own. */
const wantedMost = ['compact', 'clear', 'context', 'usage', 'init', 'code-review'];

/** Undefined when it is no answer of that kind. An entry of a shape that is not known is passed over. */
export function parseCatalog(answer: unknown): Catalog | undefined {
  const parsed = Initialized.safeParse(answer);
  if (!parsed.success) return undefined;
  const { commands, models, agents } = parsed.data;
  return {
    commands: parseCommands(commands ?? []),
    models: fitting(Model, models).map((model) => ({
      value: model.value,
      name: model.displayName ?? model.value,
      description: model.description ?? '',
      resolved: model.resolvedModel ?? null,
      efforts: fitting(Effort, model.supportedEffortLevels),
    })),
    agents: fitting(Agent, agents).map(({ name, description }) => ({ name, description: description ?? '' })),
  };
}

export function parseCommands(commands: readonly unknown[]): CatalogCommand[] {
  return fitting(Command, commands)
    .filter(({ name }) => !leftOut.has(name) && !name.startsWith('__'))
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map(({ name, description, argumentHint, aliases }) => ({
      name,
      description: description ?? '',
      argumentHint: argumentHint ?? '',
      aliases: aliases ?? [],
    }));
}

function placeOf({ name, builtin }: { name: string; builtin?: boolean | null | undefined }): number {
  const wanted = wantedMost.indexOf(name);
  if (wanted >= 0) return 1 + wanted;
  return builtin ? 1 + wantedMost.length : 0;
}

function fitting<T>(schema: z.ZodMiniType<T>, values: readonly unknown[] | null | undefined): T[] {
  return (values ?? []).flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The last catalog heard of a folder. What an untrusted folder brings along is not read, so trust is part of the key. */
export interface Catalogs {
  get(cwd: string, trusted: boolean): Catalog | undefined;
  set(cwd: string, trusted: boolean, catalog: Catalog): void;
}

/** Folders whose catalog is kept, about 20 kB each. */
const kept = 100;

export function createCatalogs(): Catalogs {
  const catalogs = new Map<string, Catalog>();
  const keyOf = (cwd: string, trusted: boolean) => `${trusted} ${cwd}`;
  return {
    get: (cwd, trusted) => catalogs.get(keyOf(cwd, trusted)),
    set(cwd, trusted, catalog) {
      const key = keyOf(cwd, trusted);
      catalogs.delete(key);
      catalogs.set(key, catalog);
      const [oldest] = catalogs.keys();
      if (catalogs.size > kept && oldest !== undefined) catalogs.delete(oldest);
    },
  };
}
