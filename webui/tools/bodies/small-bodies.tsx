// Bodies of a few lines each: a skill that was taken up, a search for tools, a question to the language server.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { CodeLines } from '../code-lines.tsx';
import { listField, numberField, textField } from '../../../daemon/protocol/fields.ts';
import { LongText } from '../long-text.tsx';
import { shownPath } from '../paths.ts';

export function SkillBody({ item: { input, output } }: { item: ToolItem }) {
  const given = textField(input, 'args');
  return (
    <>
      <p class="command" dir="ltr">
        {textField(input, 'skill') || textField(input, 'command')}
        {given !== '' && ` ${given}`}
      </p>
      {output !== '' && <LongText text={output} isCode={false} />}
    </>
  );
}

export function ToolSearchBody({ item: { input, output, detail } }: { item: ToolItem }) {
  const found = listField(detail, 'matches').filter((name) => typeof name === 'string');
  return (
    <>
      <p class="command" dir="ltr">
        {textField(input, 'query')}
      </p>
      {found.length > 0 ? (
        <ul class="files" dir="ltr">
          {found.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      ) : (
        output !== '' && <LongText text={output} isCode={false} />
      )}
    </>
  );
}

export function LookupBody({ item: { input, output }, cwd }: { item: ToolItem; cwd: string }) {
  const line = numberField(input, 'line');
  const operation = textField(input, 'operation').replace(/([a-z])([A-Z])/g, '$1 $2');
  return (
    <>
      <p class="aside">{operation.toLowerCase()}</p>
      <p class="path" dir="ltr">
        {shownPath(textField(input, 'filePath'), cwd)}
        {line !== null && `:${line}`}
      </p>
      {output.trim() !== '' && (
        <CodeLines
          lines={output
            .trimEnd()
            .split('\n')
            .map((text) => ({ number: null, text }))}
        />
      )}
    </>
  );
}
