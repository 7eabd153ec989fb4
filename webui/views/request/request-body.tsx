// What a request is about, readable without opening anything. Fetched when the first request comes.
import { Markdown } from '../../markdown/markdown.tsx';
import { field, listField, textField } from '../../tools/fields.ts';
import { PermissionBody, type PermissionBodyProps } from '../../tools/permission-body.tsx';

export function RequestBody(props: PermissionBodyProps) {
  const { tool, input } = props;
  const plan = textField(input, 'plan');
  if (tool === 'ExitPlanMode' && plan !== '') return <Markdown text={plan} open={false} />;
  if (tool === 'AskUserQuestion') return <Questions input={input} />;
  return <PermissionBody {...props} />;
}

function Questions({ input }: { input: unknown }) {
  return listField(input, 'questions').map((question, index) => (
    <div key={index} class="question">
      <p dir="auto">
        <strong>{textField(question, 'question')}</strong>
        {field(question, 'multiSelect') === true && ' (several may fit)'}
      </p>
      <ul>
        {listField(question, 'options').map((option) => (
          <li key={textField(option, 'label')} dir="auto">
            {textField(option, 'label')}
            <span class="aside"> {textField(option, 'description')}</span>
          </li>
        ))}
      </ul>
    </div>
  ));
}
