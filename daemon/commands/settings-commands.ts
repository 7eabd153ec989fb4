// What the commands do that concern the settings. Who may change which is said by the table of settings, not here.
import { proposed } from '../settings/setting-words.ts';
import { AppError } from '../protocol/errors.ts';
import type { Handlers } from './services.ts';

export const settingsHandlers: Handlers<'settings'> = {
  'settings.read': { scope: 'read', run: ({ settings }) => settings.report() },
  'settings.change': {
    scope: 'admin',
    confirms(_services, { name, value }) {
      const change = proposed(name, value);
      return change?.changer === 'confirmed' ? change.act : undefined;
    },
    audits: (_services, { name, value }) => proposed(name, value)?.act.replace(/^change/, 'changed'),
    async run({ settings }, { name, value }, { kind }) {
      if (kind !== 'computer' && proposed(name, value)?.changer === 'computer')
        throw new AppError('computer_only');
      return settings.change(name, value);
    },
  },
};
