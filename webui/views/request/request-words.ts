// What Claude asks for, as one question. Pure; the details stand below it.
import { textField } from '../../tools/fields.ts';

export function requestQuestion(tool: string, input: unknown): string {
  const file = fileName(textField(input, 'file_path') || textField(input, 'notebook_path'));
  switch (tool) {
    case 'Bash':
    case 'PowerShell':
      return 'Run this command?';
    case 'Edit':
    case 'MultiEdit':
    case 'NotebookEdit':
      return `Change ${file}?`;
    case 'Write':
      return `Write ${file}?`;
    case 'Read':
      return `Read ${file}?`;
    case 'WebFetch':
      return 'Open this address?';
    case 'WebSearch':
      return 'Search the web?';
    case 'ExitPlanMode':
      return 'Go ahead with this plan?';
    case 'AskUserQuestion':
      return 'Claude has a question';
    default:
      return `Use ${spoken(tool)}?`;
  }
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || 'a file';
}

function spoken(tool: string): string {
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? [];
  return server && name ? `${name.replaceAll('_', ' ')} (${server.replaceAll('_', ' ')})` : tool;
}
