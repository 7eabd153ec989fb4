// The part of the composition root that keeps the settings: ties them to the home, the lobby, and whoever is asked at the computer.
import type { Admission } from './admission.ts';
import { noOverrides } from './config.ts';
import type { Lobby } from './conversations/lobby.ts';
import type { DaemonOptions } from './daemon-options.ts';
import type { Disk } from './ports.ts';
import { AppError } from './protocol/errors.ts';
import { type LiveSettings, openLiveSettings } from './settings/live-settings.ts';
import { openSettingsFile } from './system/settings-file.ts';

export function openSettings(
  options: Pick<DaemonOptions, 'home' | 'config' | 'overrides' | 'clock' | 'logger' | 'say'> & {
    readonly lobby: Lobby;
    readonly disk: Pick<Disk, 'blame'>;
    readonly admission: Pick<Admission, 'confirmations' | 'audit'>;
    /** Something else is in force now. */
    readonly changed: () => void;
  },
): Promise<LiveSettings> {
  const {
    home,
    config,
    overrides = noOverrides,
    clock,
    logger,
    say,
    lobby,
    disk,
    admission,
    changed,
  } = options;
  const failed = (error: unknown) => logger.error('settings', error);
  return openLiveSettings({
    ...{ started: config, overrides, file: openSettingsFile(home), clock, logger, disk, say, changed },
    ...noOnesWord(admission, failed),
    tell: () => void lobby.record({ type: 'settings.changed' }).catch(failed),
  });
}

/** How a settings file that was changed by hand is asked about and told of: it may have been a program. */
function noOnesWord(
  { confirmations, audit }: Pick<Admission, 'confirmations' | 'audit'>,
  failed: (error: unknown) => void,
): { confirm: (act: string) => Promise<boolean>; byHand: (words: string) => void } {
  const whoever = { deviceId: 'config.json', label: 'config.json', kind: 'computer', scopes: [] } as const;
  return {
    async confirm(act) {
      try {
        await confirmations.ask({ ...whoever, revoked: new AbortController().signal }, act);
        return true;
      } catch (error) {
        if (error instanceof AppError) return false;
        throw error;
      }
    },
    byHand(words) {
      audit.record({ ...whoever, act: 'settings.change', words }).catch(failed);
    },
  };
}
