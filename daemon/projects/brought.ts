// What a folder brings along that Claude Code would run or allow unasked: hooks, MCP servers, helper programs, variables, rules.
// Reads the CLI's own files and runs nothing. What it cannot read is told, not passed over.
import type { Folders } from '../ports.ts';
import type { Brought } from '../protocol/trust.ts';

const maxBytes = 1024 * 1024;
/** Those that everybody has who has the project. */
export const sharedSettings = '.claude/settings.json';
const settingsFiles = [sharedSettings, '.claude/settings.local.json'];
/** Settings whose value is a command line. */
const programs = [
  'apiKeyHelper',
  'awsAuthRefresh',
  'awsCredentialExport',
  'otelHeadersHelper',
  'statusLine',
  'fileSuggestion',
];

export interface BroughtAlong {
  readonly brings: readonly Brought[];
  /** Names of files that are there and are not understood. */
  readonly unreadable: readonly string[];
}

export async function broughtBy(folders: Pick<Folders, 'read'>, folder: string): Promise<BroughtAlong> {
  const unreadable: string[] = [];
  const brings: Brought[] = [];
  for (const file of [...settingsFiles, '.mcp.json']) {
    const text = await folders.read(`${folder}/${file}`, maxBytes);
    if (text === undefined) continue;
    const json = parse(text);
    if (json === undefined) unreadable.push(file);
    else brings.push(...(file === '.mcp.json' ? serversOf(json, file) : settingsOf(json, file)));
  }
  return { brings, unreadable };
}

/** What of it would run or be obeyed without a question; rules are left out, since answers of the person add to them. */
export function whatRuns({ brings, unreadable }: BroughtAlong): string {
  const running = brings.filter(({ kind }) => kind !== 'rule');
  return JSON.stringify([running.map(({ kind, name, detail }) => [kind, name, detail]), unreadable]);
}

type Fields = Readonly<Record<string, unknown>>;

function settingsOf(settings: Fields, file: string): Brought[] {
  const hooks = entries(settings['hooks']).flatMap(([name, matchers]) =>
    list(matchers).flatMap((matcher) =>
      list(fields(matcher)['hooks']).map((hook): Brought => {
        const { command, prompt, url } = fields(hook);
        return { kind: 'hook', name, detail: words(command ?? prompt ?? url ?? hook), file };
      }),
    ),
  );
  const helpers = programs.flatMap((name): Brought[] => {
    const value = settings[name];
    return value === undefined
      ? []
      : [{ kind: 'program', name, detail: words(fields(value)['command'] ?? value), file }];
  });
  const variables = entries(settings['env']).map(
    ([name, value]): Brought => ({ kind: 'environment', name, detail: words(value), file }),
  );
  const plugins = entries(settings['enabledPlugins'])
    .filter(([, value]) => value !== false)
    .map(([name, value]): Brought => ({ kind: 'plugin', name, detail: words(value), file }));
  const { allow, additionalDirectories, defaultMode } = fields(settings['permissions']);
  const rules = list(allow).map(
    (rule): Brought => ({ kind: 'rule', name: 'allow', detail: words(rule), file }),
  );
  const opened = list(additionalDirectories).map(
    (path): Brought => ({ kind: 'folder', name: 'additionalDirectories', detail: words(path), file }),
  );
  const mode: Brought[] =
    defaultMode === undefined
      ? []
      : [{ kind: 'mode', name: 'defaultMode', detail: words(defaultMode), file }];
  return [...hooks, ...helpers, ...variables, ...plugins, ...opened, ...mode, ...rules];
}

function serversOf(json: Fields, file: string): Brought[] {
  return entries(json['mcpServers']).map(([name, server]) => {
    const { command, args, url, env } = fields(server);
    const line = [command, ...list(args)].filter((word) => word !== undefined).map(words);
    const variables = entries(env).map(([key, value]) => `${key}=${words(value)}`);
    const detail = url === undefined ? [...variables, ...line].join(' ') : words(url);
    return { kind: 'server', name, detail, file };
  });
}

function parse(text: string): Fields | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? fields(json) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function entries(value: unknown): [string, unknown][] {
  return Array.isArray(value) ? [] : Object.entries(fields(value));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
