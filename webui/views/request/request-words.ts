// What Claude asks for, as one question, and as a screen reader says it. Pure; the details stand below it.
import type { PermissionRequest } from '../../../daemon/protocol/view.ts';
import { listField, textField } from '../../../daemon/protocol/fields.ts';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';

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

/** The oldest request with what it is about, and how many wait; '' when none does. */
export function requestsSaid(requests: readonly Pick<PermissionRequest, 'tool' | 'input'>[]): string {
  const [first] = requests;
  if (!first) return '';
  const { tool, input } = first;
  const [question] = listField(input, 'questions').map((each) => textField(each, 'question'));
  const about = ['command', 'file_path', 'notebook_path', 'url', 'query'].map((name) =>
    textField(input, name),
  );
  const details = visibleText(question ?? about.find((text) => text !== '') ?? '');
  const count = requests.length > 1 ? `${requests.length} requests wait.` : '';
  return ['Claude asks:', requestQuestion(tool, input), details, count].filter(Boolean).join(' ');
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || 'a file';
}

function spoken(tool: string): string {
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? [];
  return server && name ? `${name.replaceAll('_', ' ')} (${server.replaceAll('_', ' ')})` : tool;
}
