// What a folder brings along, in words. Pure.
import type { Brought, FolderTrust } from '../../../daemon/protocol/trust.ts';

const kinds: Readonly<Record<Brought['kind'], readonly [one: string, many: string]>> = {
  hook: ['hook', 'hooks'],
  server: ['MCP server', 'MCP servers'],
  program: ['helper program', 'helper programs'],
  environment: ['variable', 'variables'],
  plugin: ['plugin', 'plugins'],
  folder: ['more folder', 'more folders'],
  mode: ['mode of its own', 'modes of its own'],
  rule: ['rule', 'rules'],
};

/** In the order of danger, those of a kind together. */
export function groupsOf(
  brings: readonly Brought[],
): readonly { title: string; items: readonly Brought[] }[] {
  return order.flatMap((kind) => {
    const items = brings.filter((one) => one.kind === kind);
    return items.length === 0 ? [] : [{ title: titles[kind], items }];
  });
}

const order: readonly Brought['kind'][] = [
  ...(['hook', 'server', 'program', 'plugin', 'environment', 'mode', 'folder', 'rule'] as const),
];

const titles: Readonly<Record<Brought['kind'], string>> = {
  hook: 'Commands that run by themselves',
  server: 'Servers that are started or asked',
  program: 'Helper programs',
  plugin: 'Plugins',
  environment: 'Variables for every command',
  mode: 'How much is asked',
  folder: 'Folders beside this one',
  rule: 'Allowed without asking',
};

/** E.g. “2 hooks, 1 MCP server”; what cannot be read is told too. */
export function countWords({ brings, unreadable }: Pick<FolderTrust, 'brings' | 'unreadable'>): string {
  const counted = order.flatMap((kind) => {
    const count = brings.filter((one) => one.kind === kind).length;
    const [one, many] = kinds[kind];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return [...counted, ...unreadable.map((file) => `${file}, which cannot be read`)].join(', ');
}

/** Undefined when there is nothing to ask: it is trusted, or brings nothing. */
export function lineWords(trust: FolderTrust): string | undefined {
  const { state, brings, unreadable } = trust;
  if (state === 'trusted' || brings.length + unreadable.length === 0) return undefined;
  return state === 'changed'
    ? 'This project changed what it brings. It is off until you look.'
    : `This project brings ${countWords(trust)}. Off until you trust it.`;
}
