// What is used and what it cost: the context, this turn, this conversation, the days, the projects, the windows of the plan.
// Opened in a conversation it shows that one too; from Now only what concerns all of them.
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import { computerNow, everyMinute } from '../../computer-clock.ts';
import type { OpenConversation } from '../../store.ts';
import { costWords } from '../../time-words.ts';
import { useApp } from '../app-context.ts';
import { folderName } from '../now/rows.tsx';
import { Sheet } from '../sheet.tsx';
import { ContextPart } from './context-part.tsx';
import { limitState, limitWords } from './limit-words.ts';
import { dateOf, spentByProject, spentIn } from './spending.ts';

const projectsShown = 6;

export function UsageSheet({ conversationId }: { conversationId: string | null }) {
  const { store } = useApp();
  const conversation = conversationId === null ? undefined : store.open(conversationId);
  return (
    <Sheet label="Usage">
      <div class="usage">
        {conversation && <ContextPart conversation={conversation} />}
        <Windows />
        <Costs conversation={conversation} />
        <Projects />
        <p class="note">
          Costs are estimates by Anthropic’s list prices. With a subscription you pay for the plan, not for
          these.
        </p>
      </div>
    </Sheet>
  );
}

function Windows() {
  const { store } = useApp();
  const now = everyMinute.value;
  const limits = Object.values(store.lobby.value.limits);
  if (limits.length === 0) return null;
  return (
    <section>
      <h3>Your plan</h3>
      {limits.map((limit) => (
        <div key={limit.window} class={`window ${limitState(limit, now)}`}>
          <p>{limitWords(limit, now)}</p>
          {limitState(limit, now) !== 'open' && <Bar share={limit.used ?? 1} />}
        </div>
      ))}
    </section>
  );
}

function Costs({ conversation }: { conversation: OpenConversation | undefined }) {
  const { store } = useApp();
  const { spending } = store.lobby.value;
  const today = dateOf(computerNow());
  const view = conversation?.view.value;
  const last = view && lastReceipt(view.pages.flat());
  return (
    <section>
      <h3>Cost</h3>
      <dl class="costs">
        {last && <Cost name="Last turn" usd={last.costUsd} />}
        {view && <Cost name="This conversation" usd={view.costUsd} />}
        <Cost name="Today" usd={spentIn(spending, today, 1)} />
        <Cost name="Last 7 days" usd={spentIn(spending, today, 7)} />
        <Cost name="Last 30 days" usd={spentIn(spending, today, 30)} />
      </dl>
    </section>
  );
}

function Cost({ name, usd }: { name: string; usd: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{costWords(usd) || '$0'}</dd>
    </div>
  );
}

function Projects() {
  const { store } = useApp();
  const projects = spentByProject(store.lobby.value.spending, dateOf(computerNow()), 30);
  const most = projects[0]?.usd ?? 0;
  if (projects.length === 0) return null;
  return (
    <section>
      <h3>By project, last 30 days</h3>
      <ul class="projects">
        {projects.slice(0, projectsShown).map(({ cwd, usd }) => (
          <li key={cwd} title={cwd}>
            <span class="name" dir="auto">
              {folderName(cwd)}
            </span>
            <span class="usd">{costWords(usd)}</span>
            <Bar share={usd / most} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Decoration: what it shows is told in words beside it. */
export function Bar({ share }: { share: number }) {
  return (
    <span class="bar-of" aria-hidden="true">
      <span style={{ inlineSize: `${Math.min(100, Math.max(1, share * 100))}%` }} />
    </span>
  );
}

function lastReceipt(items: readonly { readonly kind: string }[]): ReceiptItem | undefined {
  return items.findLast((item): item is ReceiptItem => item.kind === 'receipt');
}
