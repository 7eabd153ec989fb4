// Tells on Now who was let in, removed or allowed something else, until it is put away on this device; also what happened
// while it was away.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asDiskMay, type Database } from '../../database.ts';
import { useApp } from '../app-context.ts';
import { PlaceLink } from '../place-link.tsx';
import { noticeWords, openNotices } from './device-words.ts';

const key = 'noticesPutAway';
/** Undefined until it is read. */
const putAway = signal<number | undefined>(undefined);

export function NoticeBanner() {
  const { store, identity, database } = useApp();
  useEffect(() => void read(database), []);
  if (putAway.value === undefined) return null;
  const { notices } = store.lobby.value;
  const open = openNotices(notices, { self: identity.deviceId, putAway: putAway.value });
  const last = open.at(-1);
  if (!last) return null;
  const dismiss = () => {
    putAway.value = last.noticeId;
    void asDiskMay(database.put('notes', key, last.noticeId));
  };
  return (
    <section class="notice-banner" role="status" aria-label="Devices">
      <p>{noticeWords(last)}</p>
      {open.length > 1 && <p class="soft">And {open.length - 1} more.</p>}
      <div class="acts">
        <PlaceLink to={{ kind: 'devices' }} class="plain">
          See devices
        </PlaceLink>
        <button type="button" class="plain" onClick={dismiss}>
          Dismiss
        </button>
      </div>
    </section>
  );
}

async function read(database: Database): Promise<void> {
  const kept = await asDiskMay(database.get('notes', key));
  putAway.value = typeof kept === 'number' ? kept : 0;
}
