// Random commands of every type in the protocol's table, and bodies for the /auth routes, made from their schemas: a new
// command is tried without a word here. What they name exists now and then, so that they get past the door.
import fc from 'fast-check';
import * as z from 'zod/mini';
import { commands } from '../../daemon/protocol/commands.ts';
import { auth } from '../../daemon/protocol/pairing.ts';
import { announceUpload } from '../../daemon/protocol/uploads.ts';
import { alike, type Json, type Schema } from './odd-values.ts';

/** What exists in the daemon under test. */
export interface Names {
  readonly conversationIds: readonly string[];
  /** Conversations that may be deleted. */
  readonly doomedIds: readonly string[];
  /** Announced, of 1,000 bytes each. */
  readonly uploadIds: readonly string[];
  readonly folder: string;
}

export interface Bodies {
  readonly command: fc.Arbitrary<Json>;
  readonly auth: fc.Arbitrary<Json>;
  readonly upload: fc.Arbitrary<Json>;
}

export function bodiesFor({ conversationIds, doomedIds, folder }: Names): Bodies {
  const stays = fc.constantFrom(...conversationIds);
  const goes = fc.constantFrom(...doomedIds);
  const known = {
    conversationId: fc.oneof({ weight: 4, arbitrary: stays }, { weight: 1, arbitrary: goes }),
    cwd: fc.constantFrom(folder, `${folder}/../nothing`),
    path: fc.constantFrom(folder, '~', '/'),
  };
  const schemaOf = (schema: z.ZodMiniType): Schema => z.toJSONSchema(schema, { io: 'input' }) as Schema;
  // Where a tunnel program is installed it would open a real way in from the internet.
  const tried = Object.entries(commands).filter(([type]) => type !== 'remote.start');
  const typed = tried.map(([type, { input }]) => {
    const names = type === 'conversation.delete' ? { ...known, conversationId: goes } : known;
    const fields = alike(schemaOf(z.object(input)), names);
    return fields.map((body) => (isObject(body) ? { ...body, type } : body));
  });
  return {
    command: fc.oneof(...typed),
    auth: fc.oneof(...Object.values(auth).map(({ input }) => alike(schemaOf(input), known))),
    upload: alike(schemaOf(announceUpload.input), known),
  };
}

export const authPaths: readonly string[] = Object.values(auth).map(({ path }) => path);

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
