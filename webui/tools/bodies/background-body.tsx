// A look at work in the background, or the end of it: what it is, how it stands and what it wrote.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { field, numberField, textField } from '../../../daemon/protocol/fields.ts';
import { Terminal } from '../terminal.tsx';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';

export function BackgroundBody({ item }: { item: ToolItem }) {
  const { detail, output } = item;
  // 2.1.197 tells of a task inside of `task`, its older BashOutput beside it.
  const told = field(detail, 'task') ?? detail;
  const command = textField(told, 'command');
  const status = textField(told, 'status').replaceAll('_', ' ');
  const exitCode = numberField(told, 'exitCode');
  const written = textField(told, 'output') || textField(told, 'stdout');
  const errors = textField(told, 'stderr');
  const words = written === '' && errors === '' ? output.replace(/<\/?[a-z_]+>/g, '').trim() : written;
  return (
    <>
      {command !== '' && (
        <p class="command" dir="ltr">
          {visibleText(command)}
        </p>
      )}
      {words.trim() !== '' && <Terminal text={words} kind="output" />}
      {errors.trim() !== '' && <Terminal text={errors} kind="errors" />}
      {exitCode !== null && exitCode !== 0 ? (
        <p class="failure">Exit code {exitCode}</p>
      ) : (
        status !== '' && <p class="aside">It is {status}.</p>
      )}
    </>
  );
}
