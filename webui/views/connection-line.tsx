// One line that is there only while the connection is not: why, and when the next try is. Also offers a new build of the page, and
// says when strangers may knock.
import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { everySecond } from '../computer-clock.ts';
import { connectionWords } from '../connection/connection-state.ts';
import { useApp } from './app-context.ts';
import { PausedLine } from './paused-line.tsx';
import { RemoteLine } from './remote/remote-line.tsx';
import { OtherAddresses } from './devices/other-addresses.tsx';

/** Shorter breaks mend themselves before anyone could read a word about them. */
const graceMs = 1500;
const ownBuild = document.querySelector<HTMLMetaElement>('meta[name="build-id"]')?.content;

export function ConnectionLine() {
  return (
    <>
      <RemoteLine />
      <PausedLine />
      <StateLine />
    </>
  );
}

function StateLine() {
  const { connection } = useApp();
  const isLive = useComputed(() => ['live', 'asleep'].includes(connection.state.value.kind)).value;
  const isDue = useSignal(false);
  useEffect(() => {
    if (isLive) {
      isDue.value = false;
      return undefined;
    }
    const timer = setTimeout(() => {
      isDue.value = true;
    }, graceMs);
    return () => clearTimeout(timer);
  }, [isLive]);
  if (!isLive && isDue.value) return <Trouble />;
  const { value: build } = connection.buildId;
  return build !== undefined && build !== ownBuild ? <NewBuild /> : null;
}

function Trouble() {
  const { connection } = useApp();
  const state = connection.state.value;
  const { why, next } = connectionWords(state, state.kind === 'waiting' ? ticking() : 0);
  return (
    <>
      <div class="connection-line" role="status">
        <p>
          {why} <span class="next">{next}</span>
        </p>
        {state.kind === 'waiting' && (
          <button type="button" class="plain" onClick={() => connection.tryNow()}>
            Try now
          </button>
        )}
      </div>
      <OtherAddresses />
    </>
  );
}

/** This device's clock, by which the next try is due; read only while a countdown shows, so that it ticks only then. */
function ticking(): number {
  everySecond.value;
  return Date.now();
}

function NewBuild() {
  return (
    <div class="connection-line" role="status">
      <p>Porchlight on the computer is newer than this page.</p>
      <button type="button" class="plain" onClick={() => location.reload()}>
        Reload
      </button>
    </div>
  );
}
