// `porchlight completions`: what a shell needs to complete our commands, made from the program itself, so that it is never behind.
import type { Command, Option } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

interface Known {
  /** E.g. `token create`; empty for the program itself. */
  readonly path: string;
  readonly words: readonly string[];
  readonly about: string;
  readonly commands: readonly Known[];
  readonly options: readonly Option[];
}

/** A script for the shell to read. */
export function completionsFor(shell: Shell, program: Command): string {
  const known = knownOf(program, []);
  return { bash, zsh, fish }[shell](known);
}

function knownOf(command: Command, path: readonly string[]): Known {
  const help = command.createHelp();
  const commands = help
    .visibleCommands(command)
    .filter((one) => one.name() !== 'help')
    .map((one) => knownOf(one, [...path, one.name()]));
  return {
    path: path.join(' '),
    words: [
      ...commands.map(({ path: own }) => own.slice(own.lastIndexOf(' ') + 1)),
      ...flagsOf(help.visibleOptions(command)),
      ...choicesOf(command),
    ],
    about: command.description(),
    commands,
    options: help.visibleOptions(command),
  };
}

function flagsOf(options: readonly Option[]): string[] {
  return options.flatMap(({ long, short }) => long ?? short ?? []);
}

/** Of its arguments. */
function choicesOf(command: Command): string[] {
  return command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
}

function all(known: Known): Known[] {
  return [known, ...known.commands.flatMap(all)];
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

/** Within single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Shared by bash and zsh: which command the words so far are, and what may follow it. */
function cases(known: Known): string {
  const lines = all(known).map(
    ({ path, words }) => `    ${quoted(path)}) echo ${quoted(words.join(' '))} ;;`,
  );
  const values = all(known)
    .flatMap(({ options }) => options)
    .flatMap(({ long, argChoices }) => (long && argChoices ? [[long, argChoices.join(' ')] as const] : []));
  const byFlag = [...new Map(values)].map(([flag, words]) => `    ${flag}) echo ${quoted(words)} ;;`);
  return [
    '_porchlight_words() {',
    '  case "$1" in',
    ...lines,
    '  esac',
    '}',
    '_porchlight_values() {',
    '  case "$1" in',
    ...byFlag,
    '    *) return 1 ;;',
    '  esac',
    '}',
    '# The commands among the words so far.',
    '_porchlight_path() {',
    '  local path="" word next',
    '  for word in "$@"; do',
    '    if [ -n "$path" ]; then next="$path $word"; else next="$word"; fi',
    '    case "$next" in',
    `      ${all(known)
      .filter(({ path }) => path !== '')
      .map(({ path }) => quoted(path))
      .join('|')}) path="$next" ;;`,
    '    esac',
    '  done',
    '  echo "$path"',
    '}',
  ].join('\n');
}

function bash(known: Known): string {
  return `# Completions of porchlight for bash. In ~/.bashrc: eval "$(porchlight completions bash)"
${cases(known)}
_porchlight() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words
  if ! words=$(_porchlight_values "$previous"); then
    words=$(_porchlight_words "$(_porchlight_path "\${COMP_WORDS[@]:1:COMP_CWORD-1}")")
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _porchlight porchlight`;
}

function zsh(known: Known): string {
  return `#compdef porchlight
# Completions of porchlight for zsh. In ~/.zshrc, behind compinit: eval "$(porchlight completions zsh)"
${cases(known)}
_porchlight() {
  local found
  if ! found=$(_porchlight_values "\${words[CURRENT-1]}"); then
    found=$(_porchlight_words "$(_porchlight_path "\${(@)words[2,CURRENT-1]}")")
  fi
  local -a offered=(\${=found})
  compadd -a offered || _files
}
compdef _porchlight porchlight`;
}

function fish(known: Known): string {
  const lines = all(known).flatMap(({ path, commands, options }) => {
    const at = `-n ${quoted(`__porchlight_at ${quotedPath(path)}`)}`;
    return [
      ...commands.map(
        ({ path: own, about }) =>
          `complete -c porchlight -f ${at} -a ${quoted(own.slice(own.lastIndexOf(' ') + 1))} -d ${quoted(about)}`,
      ),
      ...options.map((option) => {
        const { long, description, argChoices } = option;
        const value = argChoices ? ` -x -a ${quoted(argChoices.join(' '))}` : takesValue(option) ? ' -r' : '';
        return `complete -c porchlight ${at} -l ${(long ?? '').replace(/^--/, '')}${value} -d ${quoted(description)}`;
      }),
    ];
  });
  const paths = all(known)
    .filter(({ path }) => path !== '')
    .map(({ path }) => quoted(path))
    .join(' ');
  return `# Completions of porchlight for fish. To keep: porchlight completions fish > ~/.config/fish/completions/porchlight.fish
function __porchlight_at
    set -l path ''
    for word in (commandline -opc)[2..]
        set -l next (string trim -- "$path $word")
        if contains -- $next ${paths}
            set path $next
        end
    end
    test "$path" = "$argv"
end
${lines.join('\n')}`;
}

function quotedPath(path: string): string {
  return path === '' ? '""' : path;
}
