// What a device may do, in words that complete “may …”: the same on the phone, on the computer and in the terminal.
import type { Scope } from './lobby.ts';

/** The choices at Allow, least first. */
export const scopeChoices: readonly { readonly words: string; readonly scopes: readonly Scope[] }[] = [
  { words: 'only read', scopes: ['read'] },
  { words: 'use Claude and answer it', scopes: ['read', 'use', 'approve'] },
  { words: 'also manage devices', scopes: ['read', 'use', 'approve', 'admin'] },
];

/** E.g. `only read`. Any set of scopes has words; sets from outside the choices are told one by one. */
export function scopeWords(scopes: readonly Scope[]): string {
  const choice = scopeChoices.find((one) => isSameSet(one.scopes, scopes));
  if (choice) return choice.words === 'also manage devices' ? 'use Claude and manage devices' : choice.words;
  const verbs = { read: 'read', use: 'use Claude', approve: 'answer it', admin: 'manage devices' } as const;
  return scopes.length === 0 ? 'do nothing' : scopes.map((scope) => verbs[scope]).join(', ');
}

export function isSameSet(one: readonly Scope[], other: readonly Scope[]): boolean {
  return one.length === other.length && one.every((scope) => other.includes(scope));
}
