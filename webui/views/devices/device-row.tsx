// One device or token of the list: what it is and when it was last here; opened, its name, what it may do, and the way out.
import { useSignal } from '@preact/signals';
import type { DeviceSummary, Scope } from '../../../daemon/protocol/lobby.ts';
import { isSameSet, scopeWords } from '../../../daemon/protocol/scope-words.ts';
import { everyMinute } from '../../computer-clock.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { ScopeChoice } from '../pairing/scope-choice.tsx';
import { factsOf } from './device-words.ts';

interface Props {
  readonly device: DeviceSummary;
  readonly isSelf: boolean;
  readonly mayManage: boolean;
}

export function DeviceRow({ device, isSelf, mayManage }: Props) {
  const { label, scopes } = device;
  return (
    <li>
      <details class="device">
        <summary>
          <strong dir="auto">{label}</strong>
          <span class="soft">{factsOf(device, everyMinute.value)}</span>
          <span class="soft">May {scopeWords(scopes)}</span>
        </summary>
        <div class="device-acts">
          {isSelf || mayManage ? (
            <>
              <Name device={device} />
              {mayManage && device.kind !== 'computer' && <Scopes device={device} />}
              <Remove device={device} isSelf={isSelf} />
            </>
          ) : (
            <p class="aside">Only a device that may manage devices can change this.</p>
          )}
        </div>
      </details>
    </li>
  );
}

function Name({ device: { deviceId, label } }: { device: DeviceSummary }) {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const name = useSignal(label);
  const wanted = name.value.trim();
  const canSave = wanted !== '' && wanted !== label;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) run(async () => void (await command('device.rename', { deviceId, label: wanted })));
      }}
    >
      <label>
        Name
        <input
          type="text"
          maxLength={80}
          value={name}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
      </label>
      {canSave && (
        <button type="submit" class="button" disabled={isRunning}>
          Rename
        </button>
      )}
      <Trouble words={trouble.value} />
    </form>
  );
}

function Scopes({ device: { deviceId, scopes } }: { device: DeviceSummary }) {
  const { command, identity } = useApp();
  const { isRunning, trouble, run } = useAction();
  const chosen = useSignal<readonly Scope[]>(scopes);
  const save = () =>
    run(async () => void (await command('device.changeScopes', { deviceId, scopes: [...chosen.value] })));
  return (
    <div>
      <ScopeChoice
        legend="It may…"
        group={`scopes-${deviceId}`}
        scopes={chosen.value}
        onChange={(wanted) => {
          chosen.value = wanted;
        }}
      />
      {!isSameSet(chosen.value, scopes) && (
        <button type="button" class="button" disabled={isRunning} onClick={save}>
          {isRunning.value && identity.kind !== 'computer' ? 'Confirm this on the computer…' : 'Save'}
        </button>
      )}
      <Trouble words={trouble.value} />
    </div>
  );
}

function Remove({ device: { deviceId, kind }, isSelf }: { device: DeviceSummary; isSelf: boolean }) {
  const { command, identity } = useApp();
  const { isRunning, trouble, run } = useAction();
  const isSure = useSignal(false);
  const remove = () => run(async () => void (await command('device.revoke', { deviceId })));
  const asks = !isSelf && identity.kind !== 'computer';
  return (
    <div>
      {isSure.value ? (
        <>
          <p class="aside">
            {isSelf
              ? 'This device forgets all that it keeps, and has to be paired again.'
              : `It is shut out at once${kind === 'phone' ? ' and forgets what it keeps' : ''}.`}
            {asks && ' Somebody at the computer has to confirm it.'}
          </p>
          <div class="buttons">
            <button
              type="button"
              class="button"
              disabled={isRunning}
              onClick={() => {
                isSure.value = false;
              }}
            >
              Keep
            </button>
            <button type="button" class="button bad" disabled={isRunning} onClick={remove}>
              {isRunning.value && asks ? 'Waiting…' : 'Remove'}
            </button>
          </div>
        </>
      ) : (
        <button
          type="button"
          class="button bad"
          onClick={() => {
            isSure.value = true;
          }}
        >
          {isSelf ? 'Sign this device out…' : 'Remove…'}
        </button>
      )}
      <Trouble words={trouble.value} />
    </div>
  );
}

function Trouble({ words }: { words: string }) {
  return words === '' ? null : (
    <p class="trouble" role="alert">
      {words}
    </p>
  );
}
