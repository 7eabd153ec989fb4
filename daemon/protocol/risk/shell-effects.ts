// What a shell command would do, judged by the programs it names and the paths it touches. Pure tables and one walk over
// the command's words. A program that is in no table "runs": nothing is guessed to be harmless.
import { isAbsolute, isOutside } from './outside.ts';
import { type SimpleCommand, simpleCommands } from './shell-words.ts';

export type Effect = 'deletes' | 'network' | 'outside' | 'runs' | 'writes' | 'reads';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Say how the next program is run, and do nothing else. */
const wrappers = list(
  'sudo doas env time nohup nice xargs exec command builtin timeout stdbuf if then else elif while until do ! { }',
);
const shells = list('sh bash zsh dash ksh fish');
const deletes = list('rm rmdir unlink shred truncate trash trash-put mkfs dd wipefs');
const network = list(
  'curl wget ssh scp sftp rsync nc ncat netcat telnet ftp ping dig nslookup host http https npx pnpx bunx uvx gh aws gcloud az',
);
const writes = list('touch mkdir cp mv ln tee chmod chown patch unzip gzip gunzip');
const reads = list(
  'ls cat head tail grep rg wc pwd echo printf stat file du df tree sort uniq cut diff cmp which date whoami id uname basename dirname ' +
    'realpath readlink test [ true false cd jq sleep done fi',
);
/** Program → what its first argument makes of it. */
const installs = list('install i ci add update upgrade publish exec dlx create init');
const packageTools = list(
  'npm pnpm yarn bun pip pip3 uv poetry cargo gem bundle composer brew apt apt-get dnf yum pacman apk go',
);
const moreInstalls = list('get fetch');
const gitDeletes = list('clean rm');
const gitNetwork = list('push pull fetch clone ls-remote submodule');
const gitReads = list('status log diff show blame grep rev-parse ls-files describe shortlog');
const gitWrites = list('add commit merge rebase cherry-pick revert mv init tag apply am switch config');

export function effectsOf(command: string, cwd: string): readonly Effect[] {
  const commands = simpleCommands(command);
  const effects = commands.flatMap((each) => effectsOfOne(each, cwd));
  return effects.length === 0 ? ['runs'] : effects;
}

function effectsOfOne({ words, writesTo }: SimpleCommand, cwd: string): Effect[] {
  const start = programAt(words);
  const program = words[start]?.replace(/^.*[\\/]/, '') ?? '';
  const rest = words.slice(start + 1);
  const effects: Effect[] = [];
  const files = writesTo.filter((path) => !path.startsWith('/dev/'));
  if (files.length > 0) effects.push('writes');
  if (words.slice(0, start).some((word) => /^(sudo|doas|\w+=.*)$/s.test(word))) effects.push('runs');
  if (program !== '') effects.push(...effectsOfProgram(program, rest, cwd));
  if ([...writesTo, ...rest].some((word) => leaves(word, cwd))) effects.push('outside');
  if (rest.some((word) => /^[a-z]+:\/\//i.test(word)) && !reads.has(program)) effects.push('network');
  // Where a variable points is not known, so nobody can say that it is in the project.
  const isVague = [...writesTo, ...rest].some((word) => word.includes('$'));
  return isVague ? effects.map((effect) => (effect === 'writes' ? 'runs' : effect)) : effects;
}

/** Past assignments, and past wrappers with their options and numbers. */
function programAt(words: readonly string[]): number {
  let at = 0;
  let isWrapped = false;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (wrappers.has(word)) isWrapped = true;
    else if (!/^[A-Za-z_]\w*=/.test(word) && !(isWrapped && /^(-|\d)/.test(word))) break;
  }
  return at;
}

function effectsOfProgram(program: string, rest: readonly string[], cwd: string): readonly Effect[] {
  const first = rest.find((word) => !word.startsWith('-')) ?? '';
  if (shells.has(program)) return effectsOfShell(rest, cwd);
  if (deletes.has(program)) return ['deletes'];
  if (network.has(program)) return ['network'];
  if (program === 'git') return [effectOfGit(first, rest)];
  if (packageTools.has(program)) {
    const fetches = installs.has(first) || moreInstalls.has(first) || (program === 'yarn' && first === '');
    return [fetches ? 'network' : 'runs'];
  }
  if (program === 'docker' || program === 'podman')
    return [first === 'ps' || first === 'logs' ? 'reads' : 'runs'];
  if (program === 'find') return effectsOfFind(rest, cwd);
  if (program === 'sed')
    return [rest.some((word) => /^(-[a-zA-Z]*i|--in-place)/.test(word)) ? 'writes' : 'reads'];
  if (writes.has(program)) return ['writes'];
  return [reads.has(program) ? 'reads' : 'runs'];
}

function effectOfGit(first: string, rest: readonly string[]): Effect {
  const has = (...options: string[]) => rest.some((word) => options.includes(word));
  if (gitDeletes.has(first) || (first === 'reset' && has('--hard')) || first === 'restore') return 'deletes';
  if ((first === 'branch' || first === 'tag') && has('-d', '-D', '--delete')) return 'deletes';
  if (first === 'stash' && has('drop', 'clear')) return 'deletes';
  if (first === 'checkout' && has('--', '.', '-f', '--force')) return 'deletes';
  if (gitNetwork.has(first)) return 'network';
  if (gitReads.has(first)) return 'reads';
  return gitWrites.has(first) || first === 'checkout' || first === 'stash' ? 'writes' : 'runs';
}

function effectsOfShell(rest: readonly string[], cwd: string): readonly Effect[] {
  const option = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  const script = option < 0 ? undefined : rest[option + 1];
  return script === undefined ? ['runs'] : effectsOf(script, cwd);
}

function effectsOfFind(rest: readonly string[], cwd: string): readonly Effect[] {
  if (rest.includes('-delete')) return ['deletes'];
  const action = rest.findIndex((word) => /^-(exec|ok)(dir)?$/.test(word));
  if (action < 0) return ['reads'];
  return effectsOfOne({ words: rest.slice(action + 1), writesTo: [] }, cwd);
}

/** Whether a word that may be a path, or an option with one, points out of the project. */
function leaves(word: string, cwd: string): boolean {
  const value = word.startsWith('-') ? word.slice(word.indexOf('=') + 1) : word;
  if (value === '' || value.startsWith('-') || /\s/.test(value)) return false;
  const mayBePath = isAbsolute(value) || /^(~|\$\{?HOME)/.test(value) || /(^|[\\/])\.\.([\\/]|$)/.test(value);
  return mayBePath && isOutside(value, cwd);
}
