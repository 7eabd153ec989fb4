// Looks for secrets where none may be: in files, and in the command lines and environments of processes (Linux). Each is looked for
// as it is and in the forms in which it might have been written.
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What it is called → what it is. */
export type Secrets = Readonly<Record<string, string>>;

/** The names of those that are in it, each with its form. */
export function secretsIn(text: string, secrets: Secrets): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(formsOf(secret))
      .filter(([, form]) => text.includes(form))
      .map(([form]) => (form === 'plain' ? name : `${name} (${form})`)),
  );
}

/** One line for each place below `folder` where one is: `logs/porchlight.log: API token`. */
export function searchFiles(folder: string, secrets: Secrets): readonly string[] {
  return everything(folder).flatMap((path) => {
    if (!lstatSync(path).isFile()) return [];
    const found = secretsIn(readFileSync(path, 'latin1'), secrets);
    return found.map((name) => `${relative(folder, path)}: ${name}`);
  });
}

/** The same for every process that was started with `word` in its environment; and how many those were. */
export function searchProcesses(
  word: string,
  secrets: Secrets,
): { found: readonly string[]; looked: number } {
  const found: string[] = [];
  let looked = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [words, environment] = ['cmdline', 'environ'].map((name) => readIfThere(join('/proc', pid, name)));
    if (!`${words}${environment}`.includes(word)) continue;
    looked += 1;
    const of = words?.replaceAll('\0', ' ').slice(0, 80);
    found.push(...secretsIn(`${words}`, secrets).map((name) => `command line of ${of}: ${name}`));
    found.push(...secretsIn(`${environment}`, secrets).map((name) => `environment of ${of}: ${name}`));
  }
  return { found, looked };
}

/** What others than the owner may look into or change below `folder`, itself included. */
export function openToOthers(folder: string): readonly string[] {
  return [folder, ...everything(folder)].flatMap((path) => {
    const { mode } = lstatSync(path);
    return (mode & 0o077) === 0 ? [] : [`${(mode & 0o777).toString(8)} ${relative(folder, path)}`];
  });
}

export function everything(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path));
}

function formsOf(secret: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(secret);
  const forms = {
    plain: secret,
    'percent-encoded': encodeURIComponent(secret),
    base64: bytes.toString('base64').replace(/=+$/, '').slice(0, -2),
    hex: bytes.toString('hex'),
    bytes: Buffer.from(secret.replace(/^plt_/, ''), 'base64url').toString('hex'),
  };
  const { plain, ...rest } = forms;
  return {
    plain,
    ...Object.fromEntries(Object.entries(rest).filter(([, form]) => form !== plain && form.length > 7)),
  };
}

/** A process may end while it is looked at, or be another user's. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return '';
    throw error;
  }
}
