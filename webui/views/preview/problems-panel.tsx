// What went wrong in the page, newest last, as text; "Fix this" puts it into the composer, for the person to send.
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { visibleText } from '../../../daemon/protocol/visible-text.ts';
import type { PreviewPage } from './preview-page.ts';
import { counted, problemsPrompt } from './preview-prompts.ts';

const kinds = { error: 'Error', console: 'Console', request: 'Request' };

export function ProblemsPanel(props: {
  preview: PreviewSummary;
  page: PreviewPage;
  /** Undefined where there is no conversation to tell it in. */
  tellClaude: ((text: string) => void) | undefined;
}) {
  const { preview, page, tellClaude } = props;
  const problems = page.problems.value;
  if (problems.length === 0) return <p class="quiet">Nothing has gone wrong in this page so far.</p>;
  return (
    <>
      <ul class="problems" aria-label="Errors in the page">
        {counted(problems).map(({ problem: { kind, text, where, path }, times }) => (
          <li key={`${kind} ${text}`}>
            <span class="kind">
              {kinds[kind]}
              {times > 1 && ` × ${times}`}
            </span>
            <code dir="ltr">{visibleText(text)}</code>
            <span class="where" dir="ltr">
              {where === '' ? path : where}
            </span>
          </li>
        ))}
      </ul>
      <div class="panel-acts">
        <button type="button" class="button" onClick={() => page.forgetProblems()}>
          Forget
        </button>
        {tellClaude && (
          <button
            type="button"
            class="button primary"
            onClick={() => tellClaude(problemsPrompt(preview, problems))}
          >
            Fix this
          </button>
        )}
      </div>
    </>
  );
}
