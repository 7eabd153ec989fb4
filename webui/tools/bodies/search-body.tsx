// What a search found in the project: its files as a list, or its lines as they were told.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { CodeLines } from '../code-lines.tsx';
import { listField, textField } from '../../../daemon/protocol/fields.ts';
import { Folded } from '../folded.tsx';
import { partsOfPath, shownPath } from '../paths.ts';

export function SearchBody({ item, cwd }: { item: ToolItem; cwd: string }) {
  const where = textField(item.input, 'path');
  const files = listField(item.detail, 'filenames').filter((name) => typeof name === 'string');
  const told = textField(item.detail, 'content') || item.output;
  return (
    <>
      <p class="command" dir="ltr">
        {textField(item.input, 'pattern')}
      </p>
      {where !== '' && <p class="aside">in {shownPath(where, cwd)}</p>}
      {files.length > 0 ? <Files names={files.map((name) => shownPath(name, cwd))} /> : <Lines text={told} />}
    </>
  );
}

function Files({ names }: { names: readonly string[] }) {
  return (
    <Folded items={names} atMost={50} keep="first" noun="files">
      {(shown) => (
        <ul class="files" dir="ltr">
          {shown.map((name) => {
            const { head, tail } = partsOfPath(name);
            return (
              <li>
                {head}
                <b>{tail}</b>
              </li>
            );
          })}
        </ul>
      )}
    </Folded>
  );
}

function Lines({ text }: { text: string }) {
  if (text.trim() === '') return null;
  return (
    <CodeLines
      lines={text
        .trimEnd()
        .split('\n')
        .map((line) => ({ number: null, text: line }))}
    />
  );
}
