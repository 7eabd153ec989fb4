// What a tool call did, as far as it is told: one body for each kind of tool. Loaded when the first one opens.
import type { ComponentChildren } from 'preact';
import { AgentBody } from './bodies/agent-body.tsx';
import { BackgroundBody } from './bodies/background-body.tsx';
import { BashBody } from './bodies/bash-body.tsx';
import { EditBody } from './bodies/edit-body.tsx';
import { ReadBody } from './bodies/read-body.tsx';
import { SearchBody } from './bodies/search-body.tsx';
import { LookupBody, SkillBody, ToolSearchBody } from './bodies/small-bodies.tsx';
import { TasksBody } from './bodies/tasks-body.tsx';
import { ToolPictures } from './bodies/tool-pictures.tsx';
import { WebBody } from './bodies/web-body.tsx';
import { PlanBody, QuestionBody } from './bodies/words-body.tsx';
import { OtherBody } from './bodies/other-body.tsx';
import { LongText } from './long-text.tsx';
import { commandResult, failureOf } from './result.ts';
import type { ToolCallProps } from './tool-call-props.ts';

export function ToolBody(props: ToolCallProps) {
  const { item } = props;
  const isCommand = item.tool === 'Bash' && commandResult(item).exitCode !== null;
  if (item.state === 'announced') return <p class="aside">Claude is still writing what it wants.</p>;
  if (item.images) {
    return (
      <>
        {body({ ...props, item: { ...item, output: withoutPictures(item.output) } })}
        <ToolPictures images={item.images} />
      </>
    );
  }
  if (item.state !== 'failed' || isCommand) return <>{body(props)}</>;
  return (
    <>
      {body({ ...props, item: { ...item, output: '', detail: null } })}
      <div class="failure">
        <LongText text={failureOf(item)} isCode={false} />
      </div>
    </>
  );
}

/** In the place of each picture the output has a word for it. */
function withoutPictures(output: string): string {
  return output.replaceAll(/^\[image\]$/gm, '').trim();
}

function body(props: ToolCallProps): ComponentChildren {
  const { item, cwd } = props;
  switch (item.tool) {
    case 'Bash':
    case 'PowerShell':
      return <BashBody item={item} />;
    case 'Edit':
    case 'MultiEdit':
    case 'NotebookEdit':
    case 'Write':
      return <EditBody item={item} cwd={cwd} />;
    case 'Read':
      return <ReadBody item={item} cwd={cwd} />;
    case 'Grep':
    case 'Glob':
    case 'LS':
      return <SearchBody item={item} cwd={cwd} />;
    case 'WebFetch':
    case 'WebSearch':
      return <WebBody item={item} />;
    case 'Agent':
    case 'Task':
      return <AgentBody {...props} />;
    case 'TodoWrite':
    case 'TaskCreate':
    case 'TaskGet':
    case 'TaskUpdate':
    case 'TaskList':
      return <TasksBody item={item} />;
    case 'ExitPlanMode':
      return <PlanBody item={item} />;
    case 'AskUserQuestion':
      return <QuestionBody item={item} />;
    case 'BashOutput':
    case 'KillShell':
    case 'TaskOutput':
    case 'TaskStop':
      return <BackgroundBody item={item} />;
    case 'EnterPlanMode':
      return <p class="aside">From here Claude only reads, until you agree to its plan.</p>;
    case 'LSP':
      return <LookupBody item={item} cwd={cwd} />;
    case 'Skill':
    case 'SlashCommand':
      return <SkillBody item={item} />;
    case 'ToolSearch':
      return <ToolSearchBody item={item} />;
    default:
      return <OtherBody item={item} />;
  }
}
