// Puts a journal between the web app's connection and what it follows: every record is written down before it is drawn.
import type { Connection } from '../../webui/connection/connection.ts';
import type { Journal, SeenEvent } from './journal.ts';

type Follow = Connection['follow'];

export function journalled(follow: Follow, journal: Journal): Follow {
  return (followed) =>
    follow({
      log: followed.log,
      cursor: followed.cursor,
      end() {
        journal({ did: 'gone', log: followed.log });
        followed.end();
      },
      read(record, epoch) {
        const { log } = followed;
        if (record.type === 'events')
          journal({ did: 'saw', log, epoch, events: record.events as readonly SeenEvent[] });
        if (record.type === 'reset') journal({ did: 'reset', log, epoch: record.epoch });
        if (record.type === 'snapshot')
          journal({ did: 'snapshot', log, epoch: record.epoch, last: record.view.last });
        const { after: last } = followed.cursor();
        const joins = followed.read(record, epoch);
        const got = record.type === 'events' ? (record.events[0]?.id ?? 0) : 0;
        if (!joins) journal({ did: 'gap', log, last, got });
        return joins;
      },
    });
}
