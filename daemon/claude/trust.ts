// Whether the person has trusted a folder in Claude Code itself. Headless `claude` never asks, so Porchlight reads the answer
// they gave in the terminal: `projects[<folder>].hasTrustDialogAccepted` in the CLI's own .claude.json.
import type { Folders } from '../ports.ts';

const maxBytes = 64 * 1024 * 1024;

/** False when in doubt: then only the person's own settings are read, and nothing that the folder brings along runs. */
export async function isTrusted(options: {
  folders: Folders;
  cwd: string;
  home: string;
  env: Readonly<Record<string, string>>;
}): Promise<boolean> {
  const configFolder = options.env['CLAUDE_CONFIG_DIR'] ?? options.home;
  const text = await options.folders.read(`${configFolder}/.claude.json`, maxBytes);
  if (text === undefined) return false;
  try {
    const config: unknown = JSON.parse(text);
    const projects = field(config, 'projects');
    return ancestors(options.cwd).some(
      (folder) => field(field(projects, folder), 'hasTrustDialogAccepted') === true,
    );
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Trust of a folder covers what is inside, as in the CLI. */
function ancestors(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
