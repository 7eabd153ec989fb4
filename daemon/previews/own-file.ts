// `.porchlight.json`: a project's own word on what there is to preview. Read in trusted folders only; what it names still has to be
// approved. Pure.
import * as z from 'zod/mini';
import type { Candidate } from './candidate.ts';

export const ownFile = '.porchlight.json';

const name = z.string().check(z.regex(/^[\w:.@/ -]{1,60}$/));
/** Stays in the project. */
const inside = z.string().check(z.regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\0]{1,300}$/));
const word = z.string().check(z.maxLength(2000), z.regex(/^[^\0]*$/));

const Named = z.union([
  z.object({
    name,
    /** The program and its arguments; no shell reads them. `{port}` is replaced by a free port. */
    command: z.array(word).check(z.minLength(1), z.maxLength(100)),
    folder: z.optional(inside),
    env: z.optional(z.record(z.string().check(z.regex(/^[A-Za-z_]\w*$/)), word)),
  }),
  z.object({ name, static: inside }),
]);

const OwnFile = z.object({ previews: z.array(Named).check(z.maxLength(20)) });

/** Undefined when the file cannot be understood. */
export function parseOwnFile(text: string): readonly Candidate[] | undefined {
  const parsed = OwnFile.safeParse(json(text));
  if (!parsed.success) return undefined;
  return parsed.data.previews.map((one): Candidate => {
    const known = { name: one.name, source: ownFile, note: '' };
    if ('static' in one) return { ...known, kind: 'static', tool: 'Static files', inside: one.static };
    const [file = '', ...args] = one.command;
    const { folder = '.', env = {} } = one;
    return {
      ...known,
      kind: 'server',
      tool: 'Server',
      inside: folder,
      argv: [file, ...args],
      env,
      script: '',
    };
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
