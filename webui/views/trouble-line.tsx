// One line for as long as the computer takes nothing new: its disk is full, or fails, or this conversation is damaged there.
// Says what to do, and what becomes of what one writes. Only while it is connected, for else nobody knows.
import { CircleAlert } from 'lucide';
import type { Trouble } from '../../daemon/protocol/frames.ts';
import { Icon } from '../tools/icon.tsx';
import { useApp } from './app-context.ts';

export function TroubleLine({ trouble }: { trouble: Trouble | undefined }) {
  const { connection } = useApp();
  if (!trouble || connection.state.value.kind !== 'live') return null;
  return (
    <div class="trouble-line" role="alert">
      <Icon of={CircleAlert} />
      <p dir="auto">
        {trouble.message}{' '}
        {trouble.code !== 'log_damaged' && <span class="next">What you write waits on this device.</span>}
      </p>
    </div>
  );
}
