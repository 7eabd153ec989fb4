// What a conversation can be told besides words: the commands and skills behind `/`, the models and the agents that its
// Claude Code has. A shape only; where it comes from is the daemon's business.
import * as z from 'zod/mini';
import { Effort } from './events.ts';

const CatalogCommand = z.object({
  /** Without the slash. */
  name: z.string(),
  description: z.string(),
  /** What may follow the name, e.g. `[name]`; empty when the CLI does not say. */
  argumentHint: z.string(),
  aliases: z.array(z.string()),
});
export type CatalogCommand = z.infer<typeof CatalogCommand>;

const CatalogModel = z.object({
  /** What `conversation.configure` takes; `default` stands for leaving the choice to Claude Code. */
  value: z.string(),
  name: z.string(),
  description: z.string(),
  /** The model's full name, e.g. `claude-opus-4-5`; null when the CLI does not say. */
  resolved: z.nullable(z.string()),
  /** Empty: the model takes no effort. */
  efforts: z.array(Effort),
});
export type CatalogModel = z.infer<typeof CatalogModel>;

export const Catalog = z.object({
  /** The project's and the person's own come first. */
  commands: z.array(CatalogCommand),
  models: z.array(CatalogModel),
  agents: z.array(z.object({ name: z.string(), description: z.string() })),
});
export type Catalog = z.infer<typeof Catalog>;
