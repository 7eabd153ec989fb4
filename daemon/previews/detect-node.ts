// Dev servers of a package.json: which of its scripts serve, with what, and how they are told to stay on loopback. Pure. Arguments
// are added only to a script that is one plain command: in a composed one nobody knows where they would end up.
import type { ServerCandidate } from './candidate.ts';

interface Tool {
  readonly tool: string;
  /** First word, or words, of a script that runs it. */
  readonly starts: RegExp;
  /** The package that brings it. */
  readonly dependency: RegExp;
  /** Keeps it on loopback. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const onLoopback = ['--host', '127.0.0.1'];

/** The more special first: a SvelteKit project has Vite, too. */
const tools: readonly Tool[] = [
  {
    tool: 'Storybook',
    starts: /^(storybook dev|start-storybook)\b/,
    dependency: /^storybook$/,
    args: [...onLoopback, '--ci'],
  },
  { tool: 'Next.js', starts: /^next( dev| start)?(?= |$)/, dependency: /^next$/, args: ['-H', '127.0.0.1'] },
  { tool: 'Nuxt', starts: /^(nuxi?|nuxt) (dev|preview)\b/, dependency: /^nuxt(3|-edge)?$/, args: onLoopback },
  { tool: 'Astro', starts: /^astro (dev|start|preview)\b/, dependency: /^astro$/, args: onLoopback },
  { tool: 'Angular', starts: /^ng (serve|s|dev)\b/, dependency: /^@angular\/cli$/, args: onLoopback },
  {
    tool: 'Create React App',
    starts: /^(react-scripts|react-app-rewired|craco) start\b/,
    dependency: /^react-scripts$/,
    env: { HOST: '127.0.0.1' },
  },
  {
    tool: 'Vue CLI',
    starts: /^vue-cli-service serve\b/,
    dependency: /^@vue\/cli-service$/,
    args: onLoopback,
  },
  {
    tool: 'Remix',
    starts: /^(remix vite:dev|react-router dev)\b/,
    dependency: /^(@remix-run\/dev|@react-router\/dev)$/,
    args: onLoopback,
  },
  { tool: 'Gatsby', starts: /^gatsby (develop|serve)\b/, dependency: /^gatsby$/, args: ['-H', '127.0.0.1'] },
  {
    tool: 'SvelteKit',
    starts: /^vite( dev| serve| preview)?(?= |$)/,
    dependency: /^@sveltejs\/kit$/,
    args: onLoopback,
  },
  { tool: 'Vite', starts: /^vite( dev| serve| preview)?(?= |$)/, dependency: /^vite$/, args: onLoopback },
  { tool: 'Eleventy', starts: /^eleventy\b.*--serve\b/, dependency: /^@11ty\/eleventy$/ },
  { tool: 'Parcel', starts: /^parcel( serve)?(?= |$)/, dependency: /^parcel(-bundler)?$/, args: onLoopback },
  {
    tool: 'webpack',
    starts: /^(webpack serve|webpack-dev-server)\b/,
    dependency: /^(webpack-dev-server)$/,
    args: onLoopback,
  },
  {
    tool: 'Wrangler',
    starts: /^wrangler( pages)? dev\b/,
    dependency: /^wrangler$/,
    args: ['--ip', '127.0.0.1'],
  },
];

/** Scripts that serve, the likeliest first. */
const serving = ['dev', 'develop', 'start', 'serve', 'storybook', 'preview'];
/** Under which a script by any other tool serves as well: a server of the project's own. */
const plainServing = ['dev', 'develop', 'start', 'serve'];

export interface PackageFolder {
  /** The content of package.json. */
  readonly manifest: string;
  /** Names in its folder. */
  readonly names: readonly string[];
  /** Names in the folders above it up to the project's, where the lockfile of a workspace lies. */
  readonly namesAbove: readonly string[];
}

export function detectNode({ manifest, names, namesAbove }: PackageFolder): readonly ServerCandidate[] {
  const { scripts, dependencies, packageManager } = parseManifest(manifest);
  const runner = runnerOf(packageManager, [...names, ...namesAbove]);
  const isInstalled = [...names, ...namesAbove].some(
    (name) => name === 'node_modules' || name === '.pnp.cjs',
  );
  const needsPackages = dependencies.length > 0 && !isInstalled;
  const note = needsPackages ? `Its packages are not installed yet: ${runner} install` : '';
  return serving.flatMap((name): ServerCandidate[] => {
    const script = scripts[name]?.trim() ?? '';
    if (script === '') return [];
    const command = plainCommand(script);
    const run = toolOf(command, dependencies);
    if (!run && !plainServing.includes(name)) return [];
    // `npm start` of a project with a tool is often the built app under some other server.
    const isItself = command !== undefined && run?.starts.test(command) === true;
    const mayAdd = isItself && !/\s(--host|-H|--hostname|--ip)\b/.test(script);
    return [
      {
        ...{ kind: 'server', name, script, inside: '.', source: 'package.json', note },
        tool: run?.tool ?? 'Node.js',
        argv: withArgs([runner, 'run', name], mayAdd ? (run.args ?? []) : []),
        env: isItself ? (run.env ?? {}) : {},
      },
    ];
  });
}

/** By the command's own words; of a composed script by what the project has. */
function toolOf(command: string | undefined, dependencies: readonly string[]): Tool | undefined {
  const has = ({ dependency }: Tool) => dependencies.some((one) => dependency.test(one));
  if (command === undefined) return tools.find(has);
  const named = tools.filter(({ starts }) => starts.test(command));
  return named.find(has) ?? named.at(-1);
}

/** npm takes what is for the script behind two dashes; the others hand all on, and some of them the dashes too. */
function withArgs(argv: readonly [string, ...string[]], args: readonly string[]): ServerCandidate['argv'] {
  if (args.length === 0) return argv;
  return argv[0] === 'npm' ? [...argv, '--', ...args] : [...argv, ...args];
}

/** The script without variables before it, if it is one command. */
function plainCommand(script: string): string | undefined {
  if (/[;&|<>`$()]/.test(script)) return undefined;
  return script
    .replace(/^(cross-env\s+)?([A-Za-z_]\w*=\S*\s+)*/, '')
    .replace(/^(npx|node_modules\/\.bin\/)\s*/, '');
}

function runnerOf(packageManager: string, names: readonly string[]): string {
  const named = /^(npm|pnpm|yarn|bun)@/.exec(packageManager)?.[1];
  if (named !== undefined) return named;
  const has = (...files: string[]) => files.some((file) => names.includes(file));
  if (has('pnpm-lock.yaml')) return 'pnpm';
  if (has('yarn.lock')) return 'yarn';
  return has('bun.lock', 'bun.lockb') ? 'bun' : 'npm';
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
  readonly packageManager: string;
  readonly workspaces: readonly string[];
}

/** What it says of itself; a broken one says nothing. */
export function parseManifest(text: string): Manifest {
  const manifest = fields(parse(text));
  const { workspaces } = manifest;
  const patterns = Array.isArray(workspaces) ? workspaces : fields(workspaces)['packages'];
  const scripts = Object.entries(fields(manifest['scripts'])).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    scripts: Object.fromEntries(scripts),
    dependencies: [manifest['dependencies'], manifest['devDependencies']].flatMap((all) =>
      Object.keys(fields(all)),
    ),
    packageManager: typeof manifest['packageManager'] === 'string' ? manifest['packageManager'] : '',
    workspaces: Array.isArray(patterns) ? patterns.filter((one) => typeof one === 'string') : [],
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
