// What "always" could mean for a request: each of Claude Code's suggestions as the exact text of its rule and where it will
// be kept, and what is sent when it is picked. Pure. What cannot be told in full is not offered.
import { listField, textField } from '../../../daemon/protocol/fields.ts';
import { type Json, jsonOf, withFields } from './json.ts';

export interface AlwaysChoice {
  /** What is allowed from now on. */
  readonly title: string;
  /** Rules and folders, word for word. */
  readonly exact: readonly string[];
  /** Where it is kept, for a person. */
  readonly kept: string;
  readonly permissions: readonly Json[];
}

const places: Readonly<Record<string, string>> = {
  session: 'This session only',
  localSettings: 'This project, only you',
  projectSettings: 'This project, shared with everyone who has it',
  userSettings: 'All your projects',
};

const modes: Readonly<Record<string, string>> = {
  acceptEdits: 'Accept edits without asking',
  auto: 'Let Claude Code decide by itself',
  dontAsk: 'Ask nothing: what is not allowed is refused',
  bypassPermissions: 'Allow everything without asking',
  plan: 'Plan only',
  default: 'Ask as usual',
};

export function alwaysChoices(suggestions: readonly unknown[]): readonly AlwaysChoice[] {
  return suggestions.flatMap(choicesOf);
}

function choicesOf(suggestion: unknown): AlwaysChoice[] {
  const destination = textField(suggestion, 'destination');
  const kept = places[destination];
  const told = toldOf(suggestion);
  if (kept === undefined || told === undefined) return [];
  const asGiven = jsonOf(suggestion);
  if (destination === 'session' || told.isMode) return [{ ...told, kept, permissions: [asGiven] }];
  const forSession = withFields(suggestion, { destination: 'session' });
  // Rules written to a folder's settings hold at once only where the folder is trusted, so the session gets them too.
  return [
    { ...told, kept, permissions: [asGiven, forSession] },
    { ...told, kept: 'This session only', permissions: [forSession] },
  ];
}

function toldOf(
  suggestion: unknown,
): { title: string; exact: readonly string[]; isMode: boolean } | undefined {
  switch (textField(suggestion, 'type')) {
    case 'addRules': {
      const exact = listField(suggestion, 'rules').map(ruleText);
      if (textField(suggestion, 'behavior') !== 'allow' || exact.length === 0 || exact.includes(''))
        return undefined;
      return { title: 'Always allow', exact, isMode: false };
    }
    case 'addDirectories': {
      const exact = listField(suggestion, 'directories').filter((path) => typeof path === 'string');
      return exact.length === 0 ? undefined : { title: 'Work in this folder too', exact, isMode: false };
    }
    case 'setMode': {
      const title = modes[textField(suggestion, 'mode')];
      return title === undefined ? undefined : { title, exact: [], isMode: true };
    }
    default:
      return undefined;
  }
}

/** As Claude Code writes it in its settings; '' when it names no tool. */
function ruleText(rule: unknown): string {
  const tool = textField(rule, 'toolName');
  const content = textField(rule, 'ruleContent');
  return tool !== '' && content !== '' ? `${tool}(${content})` : tool;
}
