// Settings: defaults, then config.json, then PORCHLIGHT_* variables, then the command line; the last one wins. Pure.
import * as z from 'zod/mini';

const port = z.int().check(z.gte(0), z.lte(65_535));

/** What a person may write into config.json; every field may be left out. */
export const ConfigFile = z.object({
  /** Address to listen on; `0.0.0.0` is every interface, `127.0.0.1` this computer only. */
  host: z.optional(z.string()),
  port: z.optional(port),
  tray: z.optional(z.enum(['auto', 'off'])),
  /** Where `claude` is, when it is not found by itself. */
  claudePath: z.optional(z.string()),
  /** The folder whose folders are offered for new conversations. */
  projectsRoot: z.optional(z.string()),
  /** Lets phones choose the mode in which Claude asks for nothing. */
  allowBypass: z.optional(z.boolean()),
  /** Minutes without a turn after which a conversation's `claude` process is ended (it is resumed when needed). */
  idleMinutes: z.optional(z.number().check(z.gt(0))),
  /** `claude` processes that may be up at once, some 200 MB each; further turns wait. */
  maxRuns: z.optional(z.int().check(z.gt(0))),
  /** The largest file that a device may send. */
  maxUploadMiB: z.optional(z.number().check(z.gt(0), z.lte(1024))),
  /** How logs are kept; for tests, which are too short for what is right for people. */
  logs: z.optional(
    z.object({
      segmentBytes: z.int().check(z.gt(0)),
      foldAfterMs: z.int().check(z.gt(0)),
      foldAtLeast: z.int().check(z.gt(0)),
      foldShare: z.number().check(z.gte(0), z.lte(1)),
    }),
  ),
  /** Your own: paths of PEM files, and the computer's name where the certificate is for all of a domain. */
  certificate: z.optional(z.object({ cert: z.string(), key: z.string(), name: z.optional(z.string()) })),
});
export type ConfigFile = z.infer<typeof ConfigFile>;

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly tray: 'auto' | 'off';
  readonly claudePath: string | null;
  readonly projectsRoot: string | null;
  readonly allowBypass: boolean;
  readonly idleMinutes: number;
  readonly maxRuns: number;
  readonly maxUploadMiB: number;
  readonly logs: {
    /** A segment that reached this size is followed by a new one. */
    readonly segmentBytes: number;
    /** How long after something was said its log is looked through for deltas that can be folded away. */
    readonly foldAfterMs: number;
    /** So many new deltas are worth it. */
    readonly foldAtLeast: number;
    /** And such a share of a file's events, from 0 to 1, is worth writing it anew. */
    readonly foldShare: number;
  };
  readonly certificate: {
    readonly cert: string;
    readonly key: string;
    readonly name?: string | undefined;
  } | null;
}

export const defaultPort = 47_000;

const defaults: Config = {
  host: '0.0.0.0',
  port: defaultPort,
  tray: 'auto',
  claudePath: null,
  projectsRoot: null,
  allowBypass: false,
  idleMinutes: 10,
  maxRuns: 8,
  maxUploadMiB: 20,
  logs: { segmentBytes: 64 * 2 ** 20, foldAfterMs: 20_000, foldAtLeast: 200, foldShare: 0.25 },
  certificate: null,
};

/** Throws an Error that names the setting and where it stands. */
export function resolveConfig(sources: {
  file: ConfigFile;
  env: Readonly<Record<string, string | undefined>>;
  args: ConfigFile;
}): Config {
  return {
    ...defaults,
    ...present(sources.file),
    ...present(fromEnv(sources.env)),
    ...present(sources.args),
  };
}

/** Nobody but this computer reaches a daemon that listens there. */
export function isLocalOnly(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1'].includes(host);
}

/** Where a program on this computer reaches a daemon that listens there. */
export function loopbackOf(host: string): string {
  return ['0.0.0.0', '::', 'localhost'].includes(host)
    ? '127.0.0.1'
    : host.includes(':')
      ? `[${host}]`
      : host;
}

const variables = {
  PORCHLIGHT_HOST: 'host',
  PORCHLIGHT_PORT: 'port',
  PORCHLIGHT_TRAY: 'tray',
  PORCHLIGHT_CLAUDE: 'claudePath',
  PORCHLIGHT_PROJECTS: 'projectsRoot',
  PORCHLIGHT_IDLE_MINUTES: 'idleMinutes',
  PORCHLIGHT_MAX_RUNS: 'maxRuns',
  PORCHLIGHT_MAX_UPLOAD_MIB: 'maxUploadMiB',
} as const satisfies Record<string, keyof ConfigFile>;

const numbers: readonly (keyof ConfigFile)[] = ['port', 'idleMinutes', 'maxRuns', 'maxUploadMiB'];

function fromEnv(env: Readonly<Record<string, string | undefined>>): ConfigFile {
  const found: Record<string, unknown> = {};
  for (const [variable, setting] of Object.entries(variables)) {
    const text = env[variable];
    if (text === undefined || text === '') continue;
    const value = numbers.includes(setting) ? Number(text) : text;
    const parsed = ConfigFile.safeParse({ [setting]: value });
    if (!parsed.success) throw new Error(`${variable}=${text} is not a valid ${setting}.`);
    found[setting] = value;
  }
  return ConfigFile.parse(found);
}

function present(file: ConfigFile): Partial<Config> {
  return Object.fromEntries(Object.entries(file).filter(([, value]) => value !== undefined));
}

/**
 * The person's environment for `claude`, without what is Porchlight's own, and without what npm adds when it starts us: its
 * folders on the PATH would put another `claude` before the person's.
 */
export function claudeEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const isByNpm = env['npm_lifecycle_event'] !== undefined;
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || name.startsWith('PORCHLIGHT_') || name.startsWith('npm_')) continue;
    own[name] = name === 'PATH' && isByNpm ? withoutNpm(value) : value;
  }
  return own;
}

function withoutNpm(path: string): string {
  const folders = path.split(':');
  return folders.filter((folder) => !/\/node_modules\/(\.bin|@npmcli|npm)(\/|$)/.test(folder)).join(':');
}
