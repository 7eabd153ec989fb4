// What the commands do that say whom and what the person trusts: folders, and the record of what was allowed.
import type { Handlers } from './services.ts';

export const trustHandlers: Handlers<'folder' | 'audit'> = {
  'folder.inspect': { scope: 'use', run: ({ trust }, { path }) => trust.inspect(path) },
  // It lets programs of the folder run unasked, as an answer to a permission does.
  'folder.trust': {
    scope: 'approve',
    audits: (_services, { path, brings }) =>
      `trusted the folder ${path}: ${brings.map(({ kind, name, detail }) => `${kind} ${name}: ${detail}`).join('; ') || 'it brings nothing that runs'}`,
    async run({ trust }, { path, brings }) {
      await trust.trust(path, brings);
      return {};
    },
  },
  'folder.distrust': {
    scope: 'approve',
    audits: (_services, { path }) => `no longer trusts the folder ${path}`,
    async run({ trust }, { path }) {
      await trust.withdraw(path);
      return {};
    },
  },
  'audit.list': { scope: 'approve', run: ({ audit }, { before }) => audit.list(before) },
};
