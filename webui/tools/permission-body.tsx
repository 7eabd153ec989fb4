// What a permission request is about, in the form a person can judge at a glance: the command, the change, the address.
// Shows all that would be done; what is long is folded and says so, never left out.
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { field, listField, textField } from '../../daemon/protocol/fields.ts';
import { Diff } from './diff.tsx';
import { type DiffRow, rowsOfNewFile, rowsOfReplacement } from './diff-rows.ts';
import { KeyValue } from './key-value.tsx';
import { shownPath } from './paths.ts';
import { visibleText } from '../../daemon/protocol/visible-text.ts';

export interface PermissionBodyProps {
  readonly tool: string;
  readonly input: unknown;
  /** The conversation's folder: paths in it are told without it. */
  readonly cwd: string;
}

const linesAtOnce = 40;

export function PermissionBody({ tool, input, cwd }: PermissionBodyProps) {
  // The same element again while nothing changed: the page is drawn at every word that Claude writes.
  return useMemo(() => <div class="permission-body">{body()}</div>, [tool, input, cwd]);

  function body(): ComponentChildren {
    const path = shownPath(textField(input, 'file_path') || textField(input, 'notebook_path'), cwd);
    switch (tool) {
      case 'Bash':
      case 'PowerShell':
        return <Command input={input} />;
      case 'Write':
        return <Change path={path} rows={rowsOfNewFile(textField(input, 'content'))} />;
      case 'Edit':
        return <Change path={path} rows={replacement(input)} note={everywhere(input)} />;
      case 'MultiEdit':
        return <Change path={path} rows={listField(input, 'edits').flatMap(replacement)} />;
      case 'Read':
        return <Address text={path} />;
      case 'WebFetch':
        return <Address text={textField(input, 'url')} note={textField(input, 'prompt')} />;
      case 'WebSearch':
        return <Address text={textField(input, 'query')} />;
      default:
        return <KeyValue value={input} />;
    }
  }
}

function Command({ input }: { input: unknown }) {
  const description = textField(input, 'description');
  return (
    <>
      {description !== '' && <p dir="auto">{description}</p>}
      <p class="command" dir="ltr">
        {visibleText(textField(input, 'command'))}
      </p>
      {field(input, 'run_in_background') === true && <p class="aside">Goes on in the background.</p>}
      {field(input, 'dangerouslyDisableSandbox') === true && <p class="aside">Runs outside the sandbox.</p>}
    </>
  );
}

function Change({ path, rows, note = '' }: { path: string; rows: readonly DiffRow[]; note?: string }) {
  return (
    <>
      <p class="path" dir="ltr">
        {visibleText(path)}
      </p>
      {note !== '' && <p class="aside">{note}</p>}
      {rows.length === 0 ? (
        <p class="aside">Nothing in it.</p>
      ) : (
        <Diff rows={rows.map(visibleRow)} atMost={linesAtOnce} />
      )}
    </>
  );
}

function Address({ text, note = '' }: { text: string; note?: string }) {
  return (
    <>
      <p class="command" dir="auto">
        {visibleText(text)}
      </p>
      {note !== '' && <p dir="auto">{note}</p>}
    </>
  );
}

function replacement(edit: unknown): DiffRow[] {
  return rowsOfReplacement(textField(edit, 'old_string'), textField(edit, 'new_string'));
}

/** What comes must be read as it will be run: a comment may reach further than it looks. */
function visibleRow(row: DiffRow): DiffRow {
  return { ...row, text: visibleText(row.text.replace(/\r$/, '')) };
}

function everywhere(input: unknown): string {
  return field(input, 'replace_all') === true ? 'Everywhere in the file.' : '';
}
