// Which picture is shown over the whole screen, while the sheet `picture` is open.
import { signal } from '@preact/signals';
import type { ShownFile } from './shown-file.ts';

export const viewed = signal<{ readonly file: ShownFile; readonly conversationId: string } | undefined>(
  undefined,
);
