// The memory log keeps the contract.
import { systemClock } from '../system/clock.ts';
import { eventLogContract, foldingContract } from './event-log.contract.ts';
import { createMemoryStore } from './memory-store.ts';

const open = async () => createMemoryStore({ clock: systemClock, epoch: 'e'.repeat(32) });
eventLogContract('memory', open);
foldingContract('memory', open);
