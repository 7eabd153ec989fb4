// Which language a block of code or a file is in, by the name behind its fence or by its file name. Pure.
// Names are those of lowlight's common languages; what is in none of them is not coloured.

const byName: Readonly<Record<string, readonly string[]>> = {
  bash: ['sh', 'zsh', 'shell', 'console', 'shellsession'],
  c: ['h'],
  cpp: ['cc', 'cxx', 'hpp', 'hh', 'c++', 'ino'],
  csharp: ['cs', 'c#'],
  css: [],
  diff: ['patch'],
  go: ['golang'],
  graphql: ['gql'],
  ini: ['toml', 'cfg', 'conf', 'properties', 'editorconfig'],
  java: [],
  javascript: ['js', 'mjs', 'cjs', 'jsx'],
  json: ['jsonc', 'json5', 'jsonl', 'webmanifest'],
  kotlin: ['kt', 'kts'],
  less: [],
  lua: [],
  makefile: ['make', 'mk'],
  markdown: ['md', 'mdx'],
  perl: ['pl', 'pm'],
  php: [],
  python: ['py', 'pyi', 'python3'],
  r: [],
  ruby: ['rb', 'rake', 'gemspec'],
  rust: ['rs'],
  scss: ['sass'],
  sql: [],
  swift: [],
  typescript: ['ts', 'tsx', 'mts', 'cts'],
  xml: ['html', 'htm', 'svg', 'xhtml', 'vue', 'svelte', 'plist'],
  yaml: ['yml'],
};

const languages = new Map(
  Object.entries(byName).flatMap(([language, others]) =>
    [language, ...others].map((name): [string, string] => [name, language]),
  ),
);

const wholeNames: Readonly<Record<string, string>> = {
  dockerfile: 'bash',
  gemfile: 'ruby',
  makefile: 'makefile',
  rakefile: 'ruby',
  '.bashrc': 'bash',
  '.gitconfig': 'ini',
  '.npmrc': 'ini',
  '.zshrc': 'bash',
};

/** '' when it is none that can be coloured. */
export function languageNamed(name: string): string {
  return languages.get(name.toLowerCase()) ?? '';
}

export function languageOfFile(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (Object.hasOwn(wholeNames, name)) return wholeNames[name] ?? '';
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : languageNamed(name.slice(dot + 1));
}
