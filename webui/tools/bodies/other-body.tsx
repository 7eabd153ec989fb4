// A tool that this version has no view for, one of an MCP server or of a newer CLI: what it was given and what it told, as
// names and values that a person can read.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { KeyValue } from '../key-value.tsx';
import { LongText } from '../long-text.tsx';
import { valueIn } from '../value-in.ts';

export function OtherBody({ item: { input, output } }: { item: ToolItem }) {
  const hasInput = typeof input === 'object' && input !== null && Object.keys(input).length > 0;
  const told = valueIn(output);
  return (
    <>
      {hasInput && <KeyValue value={input} />}
      {output.trim() !== '' && (
        <div class="told">
          {told === undefined ? <LongText text={output} isCode={false} /> : <KeyValue value={told} />}
        </div>
      )}
    </>
  );
}
