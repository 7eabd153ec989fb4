// What the audit log says of an act, as a sentence that goes on from who did it.
import type { CommandInput } from '../protocol/commands.ts';
import type { PermissionRequest } from '../protocol/view.ts';
import type { Services } from './services.ts';

const maxWords = 500;

/** E.g. “allowed Bash: npm test (in Tidy up)”. */
export async function permissionWords(
  { conversations }: Services,
  {
    conversationId,
    requestId,
    behavior,
    updatedInput,
    updatedPermissions,
  }: CommandInput<'permission.answer'>,
): Promise<string | undefined> {
  const { view } = await conversations.get(conversationId);
  const request = view.requests.find((one) => one.requestId === requestId);
  if (!request) return undefined;
  const answer = behavior === 'allow' ? 'allowed' : 'denied';
  const edited = updatedInput === undefined ? '' : `, changed to: ${cut(JSON.stringify(updatedInput))}`;
  const always = updatedPermissions?.length ? `, always: ${cut(JSON.stringify(updatedPermissions))}` : '';
  return `${answer} ${request.tool}: ${cut(whatFor(request))}${edited}${always} (in “${view.title}”)`;
}

function whatFor({ input }: PermissionRequest): string {
  const fields = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  const plain = ['command', 'file_path', 'url', 'path', 'plan'].map((name) => fields[name]);
  return String(plain.find((value) => typeof value === 'string') ?? JSON.stringify(input));
}

function cut(text: string): string {
  return text.length > maxWords ? `${text.slice(0, maxWords)}…` : text;
}
