// The audit log for a person to read: who was let in, what was allowed, trusted, removed; newest first. Says when the log was
// tampered with.
import { useSignal } from '@preact/signals';
import { ChevronLeft } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { CommandResult } from '../../../daemon/protocol/commands.ts';
import { asDiskMay } from '../../database.ts';
import { clockWords, dateWords } from '../../time-words.ts';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { ConnectionLine } from '../connection-line.tsx';
import { byDay, isRewritten, memoryOf } from './audit-entries.ts';

const note = 'audit';

export function Audit() {
  const { command, connection, database, navigation } = useApp();
  const { isRunning, trouble, run } = useAction();
  const read = useSignal<CommandResult<'audit.list'> | undefined>(undefined);
  const wasRewritten = useSignal(false);
  const hasMore = useSignal(false);
  const isLive = connection.state.value.kind === 'live';

  useEffect(() => {
    if (!isLive) return;
    run(async () => {
      const answer = await command('audit.list', {});
      const remembered = await asDiskMay(database.get('notes', note));
      wasRewritten.value = isRewritten(answer.entries, String(remembered ?? ''));
      const [newest] = answer.entries;
      if (newest && !wasRewritten.value) await asDiskMay(database.put('notes', note, memoryOf(newest)));
      hasMore.value = (answer.entries.at(-1)?.id ?? 1) > 1;
      read.value = answer;
    });
  }, [isLive]);

  const more = () =>
    run(async () => {
      const entries = read.value?.entries ?? [];
      const before = entries.at(-1)?.id ?? 1;
      const answer = await command('audit.list', { before });
      hasMore.value = (answer.entries.at(-1)?.id ?? 1) > 1;
      read.value = { ...answer, entries: [...entries, ...answer.entries] };
    });

  return (
    <main class="screen audit">
      <header class="bar">
        <button type="button" class="plain back" aria-label="Back" onClick={() => navigation.back()}>
          <Icon of={ChevronLeft} />
        </button>
        <h1>What was allowed</h1>
      </header>
      <ConnectionLine />
      <div class="scroll">
        {wasRewritten.value && (
          <p class="trouble" role="alert">
            This log is not the one that this device saw before. Somebody with access to the computer’s files
            made it anew.
          </p>
        )}
        {read.value?.brokenAt !== null && read.value !== undefined && (
          <p class="trouble" role="alert">
            Entry {read.value.brokenAt} does not follow from the one before it: the log was changed by hand.
          </p>
        )}
        {trouble.value !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        {read.value?.entries.length === 0 && <p class="quiet">Nothing was allowed yet.</p>}
        {byDay(read.value?.entries ?? [], dateWords).map(({ day, entries }) => (
          <section key={day}>
            <h2>{day}</h2>
            <ul>
              {entries.map(({ id, when, label, words }) => (
                <li key={id}>
                  <p class="quiet">
                    <span>{clockWords(when)}</span> <span dir="auto">{label}</span>
                  </p>
                  <p dir="auto">{words}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {hasMore.value && (
          <button type="button" class="button" disabled={isRunning.value} onClick={more}>
            Show more
          </button>
        )}
      </div>
    </main>
  );
}
