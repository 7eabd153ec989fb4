// What Claude said to the person by a tool: a plan, or questions and what was answered.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { Markdown } from '../../markdown/markdown.tsx';
import { field, listField, textField } from '../../../daemon/protocol/fields.ts';

export function PlanBody({ item }: { item: ToolItem }) {
  const plan = textField(item.detail, 'plan') || textField(item.input, 'plan');
  return plan === '' ? <p class="aside">No plan was written down.</p> : <Markdown text={plan} open={false} />;
}

export function QuestionBody({ item }: { item: ToolItem }) {
  const answers = field(item.detail, 'answers');
  const response = textField(item.detail, 'response');
  return (
    <>
      <dl class="answers">
        {listField(item.input, 'questions').map((each) => {
          const question = textField(each, 'question');
          const options = listField(each, 'options').map((option) => textField(option, 'label'));
          return (
            <div>
              <dt dir="auto">{question}</dt>
              <dd dir="auto">{textField(answers, question) || <i>{options.join(' · ')}</i>}</dd>
            </div>
          );
        })}
      </dl>
      {response !== '' && <p dir="auto">{response}</p>}
    </>
  );
}
