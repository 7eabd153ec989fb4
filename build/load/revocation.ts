// How long after the order the last connection of a revoked device is closed, with much open and many others streaming.
import { revokeUnderLoad } from '../../daemon/testing/revoke-under-load.ts';
import { startTestDaemon } from '../../daemon/testing/test-daemon.ts';
import type { Row } from '../bench/row.ts';

const rounds = 5;
const budgetMs = 1000;
const counts = { sockets: 50, streams: 10, others: 200 };

export async function revocation(): Promise<Row[]> {
  const times: number[] = [];
  const seen = { late: 0, lost: 0 };
  const daemon = await startTestDaemon();
  try {
    for (let round = 0; round < rounds; round++) {
      const { closedMs, late, othersLost } = await revokeUnderLoad(daemon, counts);
      times.push(closedMs);
      seen.late += late;
      seen.lost += othersLost;
    }
  } finally {
    await daemon.close();
  }
  const worst = Math.max(...times);
  const open = `${counts.sockets} sockets, ${2 * counts.streams} streams, an upload`;
  return [
    {
      what: `revoked device shut out (${open})`,
      value: `${times.map((ms) => Math.round(ms)).join(' · ')} ms`,
      budget: `≤ ${budgetMs} ms`,
      isWithin: worst <= budgetMs,
    },
    {
      what: 'connections that got an event afterwards',
      value: `${seen.late}`,
      budget: '0',
      isWithin: seen.late === 0,
    },
    { what: 'others that lost theirs', value: `${seen.lost}`, budget: '0', isWithin: seen.lost === 0 },
  ];
}
