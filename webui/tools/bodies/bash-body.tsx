// A command, what it wrote and how it ended.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { field, textField } from '../../../daemon/protocol/fields.ts';
import { commandResult } from '../result.ts';
import { Terminal } from '../terminal.tsx';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';

export function BashBody({ item }: { item: ToolItem }) {
  const { exitCode, output, errors } = commandResult(item);
  const description = textField(item.input, 'description');
  const meaning = textField(item.detail, 'returnCodeInterpretation');
  const isEmpty = output.trim() === '' && errors.trim() === '';
  return (
    <>
      {description !== '' && <p dir="auto">{description}</p>}
      <p class="command" dir="ltr">
        {visibleText(textField(item.input, 'command'))}
      </p>
      {output.trim() !== '' && <Terminal text={output} kind="output" />}
      {errors.trim() !== '' && <Terminal text={errors} kind="errors" />}
      {exitCode !== null && <p class="failure">Exit code {exitCode}</p>}
      {meaning !== '' && <p class="aside">{meaning}</p>}
      {field(item.detail, 'interrupted') === true && <p class="failure">Stopped before it was done.</p>}
      {textField(item.detail, 'backgroundTaskId') !== '' && <p class="aside">Goes on in the background.</p>}
      {isEmpty && !item.images && item.state === 'done' && <p class="aside">It wrote nothing.</p>}
    </>
  );
}
