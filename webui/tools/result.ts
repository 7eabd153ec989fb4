// Reads from a finished tool call what its bodies show: exit code, output, error. Pure.
// Source of the wordings: the CLI's results of Bash and of refused tools.
import type { ToolItem } from '../../daemon/protocol/view.ts';
import { textField } from '../../daemon/protocol/fields.ts';

export interface CommandResult {
  /** null when the command went well, or nobody said how it ended. */
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

export function commandResult({ output, detail }: Pick<ToolItem, 'output' | 'detail'>): CommandResult {
  const [head, code] = /^(?:Error: )?Exit code (\d+)\n?/.exec(output) ?? ['', undefined];
  const stdout = textField(detail, 'stdout');
  const stderr = textField(detail, 'stderr');
  const isTold = stdout !== '' || stderr !== '';
  return {
    exitCode: code === undefined ? null : Number(code),
    output: isTold ? stdout : output.slice(head.length),
    errors: stderr,
  };
}

/** Why a tool failed, without the marks that are for Claude. */
export function failureOf({ output }: Pick<ToolItem, 'output'>): string {
  return output
    .replace(/^<tool_use_error>([\s\S]*)<\/tool_use_error>$/, '$1')
    .replace(/^Error: /, '')
    .trim();
}

export interface NumberedLine {
  readonly number: number | null;
  readonly text: string;
}

/** The lines of a file as Read gives them: `12<tab>text`, with spaces or an arrow in older versions. */
export function numberedLines(output: string): NumberedLine[] {
  return output
    .replace(/\n?<system-reminder>[\s\S]*$/, '')
    .split('\n')
    .map((line): NumberedLine => {
      const [, number, text = ''] = /^ *(\d+)(?:\t|→)(.*)$/.exec(line) ?? [];
      return number === undefined ? { number: null, text: line } : { number: Number(number), text };
    });
}
