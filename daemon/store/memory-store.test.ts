// The memory log keeps the contract.
import { systemClock } from '../system/clock.ts';
import { eventLogContract } from './event-log.contract.ts';
import { createMemoryStore } from './memory-store.ts';

eventLogContract('memory', async () => createMemoryStore({ clock: systemClock, epoch: 'e'.repeat(32) }));
