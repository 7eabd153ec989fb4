// Whether the computer starts Porchlight at login, and the switch for it: asked of Porchlight's own command line, which knows how.
import * as z from 'zod/mini';
import type { RunCommand } from '../ports.ts';
import type { StartAtLogin } from '../ports/desktop.ts';

const State = z.object({ installed: z.boolean() });

export function createStartAtLogin(options: {
  run: RunCommand;
  /** Whole paths of Node and of the built program. */
  node: string;
  program: string;
  home: string;
}): StartAtLogin {
  const { run, node, program, home } = options;
  const service = (...words: string[]) => run(node, [program, 'service', ...words, '--home', home]);
  return {
    async isOn() {
      const { code, stdout } = await service('status', '--json');
      return code === 0 ? State.safeParse(asJson(stdout)).data?.installed : undefined;
    },
    async change(isOn) {
      const { code, stdout, stderr } = await service(isOn ? 'install' : 'remove');
      return code === 0 ? undefined : `Start at login: ${(stderr.trim() || stdout.trim()).slice(0, 300)}`;
    },
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
