// What went wrong with an answer, said aloud.
import type { Answering } from './answering.ts';

export function Trouble({ of: { trouble } }: { of: Answering }) {
  if (trouble.value === '') return null;
  return (
    <p class="trouble" role="alert">
      {trouble}
    </p>
  );
}
