// What a subagent was asked, what it did and what it answered. What it did is drawn by whoever draws the conversation.
import { Markdown } from '../../markdown/markdown.tsx';
import { field, listField, textField } from '../../../daemon/protocol/fields.ts';
import { LongText } from '../long-text.tsx';
import type { ToolCallProps } from '../tool-call-props.ts';

export function AgentBody({ item, nested, renderItem }: ToolCallProps) {
  const isApart = field(item.detail, 'isAsync') === true;
  const told = listField(item.detail, 'content').map((block) => textField(block, 'text'));
  const answer = withoutMarks(told.length > 0 ? told.join('\n\n') : item.output);
  return (
    <>
      <LongText text={textField(item.input, 'prompt')} isCode={false} />
      {nested.length > 0 && <div class="nested-items">{nested.map(renderItem)}</div>}
      {isApart && <p class="aside">It works in the background.</p>}
      {!isApart && answer !== '' && <Markdown text={answer} open={false} />}
    </>
  );
}

/** What 2.1.329 adds for Claude alone. */
function withoutMarks(answer: string): string {
  return answer
    .replace(/<(tools-used-before-summary|usage|system-reminder)>[\s\S]*?<\/\1>/g, '')
    .replace(/^agentId: .*$/gm, '')
    .trim();
}
