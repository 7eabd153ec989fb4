// A disk that takes everything, for parts that are tested without one.
import type { Disk } from '../ports.ts';

export const soundDisk: Disk = {
  trouble: undefined,
  look: async () => undefined,
  watch: () => () => undefined,
  blame: async (error) => error,
};
