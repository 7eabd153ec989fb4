// A certificate that the whole world trusts, from Tailscale, for those who have it: looks for the program, and asks it for the
// certificate when a person wants it. Never by itself the first time.
import * as z from 'zod/mini';
import type { RunCommand } from '../ports.ts';

const Status = z.looseObject({
  Self: z.looseObject({ DNSName: z.string() }),
  CertDomains: z.optional(z.nullable(z.array(z.string()))),
});

export interface Tailscale {
  /** The computer's name there, when it may have a certificate; undefined without Tailscale. */
  name(): Promise<string | undefined>;
  /** The command by which `files` come to hold it; an array, never a line for a shell. */
  command(name: string, files: { cert: string; key: string }): readonly string[];
  /** Runs it. A sentence when it failed. */
  fetch(name: string, files: { cert: string; key: string }): Promise<string | undefined>;
}

export function createTailscale(options: {
  run: RunCommand;
  env: Readonly<Record<string, string>>;
}): Tailscale {
  const { run, env } = options;
  const command: Tailscale['command'] = (name, { cert, key }) => [
    'tailscale',
    'cert',
    `--cert-file=${cert}`,
    `--key-file=${key}`,
    name,
  ];
  return {
    command,
    async name() {
      const { code, stdout } = await run('tailscale', ['status', '--json', '--peers=false'], {
        env,
        timeoutMs: 5000,
      });
      if (code !== 0) return undefined;
      const status = Status.safeParse(parsed(stdout)).data;
      const name = status?.Self.DNSName.replace(/\.$/, '').toLowerCase() ?? '';
      // What is no host name would be taken for an option.
      if (!/^[a-z0-9][a-z0-9.-]*\.[a-z]+$/.test(name)) return undefined;
      return status?.CertDomains?.includes(name) ? name : undefined;
    },
    async fetch(name, files) {
      const [file = '', ...args] = command(name, files);
      const { code, stderr } = await run(file, args, { env, timeoutMs: 120_000 });
      return code === 0
        ? undefined
        : `tailscale gave no certificate: ${stderr.trim() || 'it cannot be started'}`;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
