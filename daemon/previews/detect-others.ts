// Servers that are not Node's, and folders of finished pages: known by the files in a folder. Pure.
import { type Candidate, portMark, type ServerCandidate, type StaticCandidate } from './candidate.ts';

export interface FolderFacts {
  readonly names: readonly string[];
  /** Text of those files that are looked into; undefined when they are not there. */
  readonly text: (name: string) => string | undefined;
}

/** Files that are looked into. */
export const readFiles = [
  'app.py',
  'main.py',
  'wsgi.py',
  'Gemfile',
  'main.go',
  'requirements.txt',
  'pyproject.toml',
];

export function detectServers(facts: FolderFacts): readonly ServerCandidate[] {
  return [django, flask, fastApi, rails, php, go].flatMap((look) => look(facts) ?? []);
}

/** Where built pages lie, the likeliest first. */
export const builtFolders = ['dist', 'build', 'out', '_site', 'public', '.'];

/** `hasIndex`: of those folders, which have an index.html. */
export function detectStatic(hasIndex: readonly string[]): readonly StaticCandidate[] {
  return builtFolders
    .filter((folder) => hasIndex.includes(folder))
    .map((folder) => ({
      ...{ kind: 'static', name: folder === '.' ? 'files' : folder, tool: 'Static files', inside: folder },
      ...{ source: folder === '.' ? 'index.html' : `${folder}/index.html`, note: '' },
    }));
}

type Look = (facts: FolderFacts) => ServerCandidate | undefined;

const django: Look = (facts) =>
  facts.names.includes('manage.py')
    ? server('Django', 'manage.py', [...python(facts), 'manage.py', 'runserver', `127.0.0.1:${portMark}`])
    : undefined;

const flask: Look = (facts) => {
  const file = ['app.py', 'wsgi.py', 'main.py'].find((name) => /\bFlask\(/.test(facts.text(name) ?? ''));
  if (file === undefined) return undefined;
  const run = ['-m', 'flask', '--app', file, 'run', '--debug', '--host', '127.0.0.1', '--port', portMark];
  return server('Flask', file, [...python(facts), ...run]);
};

const fastApi: Look = (facts) => {
  for (const file of ['main.py', 'app.py']) {
    const name = /^(\w+)\s*(?::[^=]*)?=\s*FastAPI\(/m.exec(facts.text(file) ?? '')?.[1];
    if (name === undefined) continue;
    const app = `${file.slice(0, -'.py'.length)}:${name}`;
    const run = ['-m', 'uvicorn', app, '--reload', '--host', '127.0.0.1', '--port', portMark];
    return server('FastAPI', file, [...python(facts), ...run]);
  }
  return undefined;
};

const rails: Look = ({ names, text }) =>
  names.includes('config.ru') && /^\s*gem ["']rails["']/m.test(text('Gemfile') ?? '')
    ? server('Rails', 'Gemfile', ['bundle', 'exec', 'rails', 'server', '-b', '127.0.0.1', '-p', portMark])
    : undefined;

const php: Look = ({ names }) => {
  if (names.includes('artisan'))
    return server('Laravel', 'artisan', [
      'php',
      'artisan',
      'serve',
      '--host',
      '127.0.0.1',
      '--port',
      portMark,
    ]);
  return names.includes('index.php')
    ? server('PHP', 'index.php', ['php', '-S', `127.0.0.1:${portMark}`])
    : undefined;
};

const go: Look = ({ names, text }) => {
  if (names.includes('.air.toml')) return server('Go with air', '.air.toml', ['air']);
  const isServer = /"net\/http"|ListenAndServe/.test(text('main.go') ?? '');
  return isServer && names.includes('go.mod') ? server('Go', 'main.go', ['go', 'run', '.']) : undefined;
};

/** The project's own Python, where it has one. */
function python({ names }: FolderFacts): readonly [string, ...string[]] {
  if (names.includes('uv.lock')) return ['uv', 'run', 'python'];
  if (names.includes('poetry.lock')) return ['poetry', 'run', 'python'];
  const own = ['.venv', 'venv'].find((name) => names.includes(name));
  return own === undefined ? ['python3'] : [`${own}/bin/python`];
}

function server(tool: string, source: string, argv: readonly string[]): ServerCandidate {
  const [file = '', ...args] = argv;
  const name = tool.toLowerCase().replaceAll(/\W+/g, '-');
  return {
    kind: 'server',
    name,
    tool,
    source,
    argv: [file, ...args],
    env: {},
    script: '',
    inside: '.',
    note: '',
  };
}

/** A project that is served by a tool has its index.html for that tool, not for us. */
export function withoutSources(found: readonly Candidate[]): readonly Candidate[] {
  const hasServer = found.some(({ kind, inside }) => kind === 'server' && inside === '.');
  return found.filter(
    ({ kind, inside }) => kind === 'server' || !hasServer || (inside !== '.' && inside !== 'public'),
  );
}
