// The settings of the computer's Porchlight: each with what it means and where its value comes from, changed in place by those who
// may. Which there are, and what is right, is the computer's word.
import { useSignal } from '@preact/signals';
import { ChevronLeft } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { SettingsReport } from '../../../daemon/protocol/settings.ts';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { ConnectionLine } from '../connection-line.tsx';
import { SettingRow } from './setting-row.tsx';

export function Settings() {
  const { command, connection, identity, navigation, store } = useApp();
  const { trouble, run } = useAction();
  const report = useSignal<SettingsReport | undefined>(undefined);
  const isLive = connection.state.value.kind === 'live';
  const self = store.lobby.value.devices[identity.deviceId];
  const mayChange = self?.scopes.includes('admin') ?? false;
  useEffect(() => {
    if (!isLive) return;
    run(async () => {
      report.value = await command('settings.read', {});
    });
  }, [isLive, store.lobby.value.settingsAt]);
  const settings = report.value?.settings ?? [];

  return (
    <main class="screen settings">
      <header class="bar">
        <button type="button" class="plain back" aria-label="Back" onClick={() => navigation.back()}>
          <Icon of={ChevronLeft} />
        </button>
        <h1>Settings</h1>
      </header>
      <ConnectionLine />
      <div class="scroll">
        {trouble.value !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        {report.value && report.value.trouble !== '' && (
          <p class="trouble" role="alert">
            {report.value.trouble} The settings stay as they were.
          </p>
        )}
        {report.value && !mayChange && (
          <p class="quiet">
            This device may look at the settings. Changing them takes one that may manage devices.
          </p>
        )}
        {[...new Set(settings.map(({ group }) => group))].map((group) => (
          <section key={group} aria-label={group}>
            <h2>{group}</h2>
            <ul>
              {settings
                .filter((one) => one.group === group)
                .map((entry) => (
                  <SettingRow
                    key={entry.name}
                    entry={entry}
                    mayChange={mayChange && isLive}
                    onChanged={(changed) => {
                      report.value = changed;
                    }}
                  />
                ))}
            </ul>
          </section>
        ))}
        {report.value && (
          <p class="quiet kept">
            Kept in <code dir="ltr">{report.value.path}</code> on the computer.
            {report.value.unknown.length > 0 && ` Not known there: ${report.value.unknown.join(', ')}.`}
          </p>
        )}
      </div>
    </main>
  );
}
