// One line of code: its coloured words where it has some, its plain text otherwise. Elements only.
import type { ColouredLine } from './coloured-lines.ts';

export function Pieces({ text, line }: { text: string; line: ColouredLine | undefined }) {
  // Colours of another text would show other words.
  if (!line || line.map((piece) => piece.text).join('') !== text) return <>{text}</>;
  return (
    <>
      {line.map(({ text: words, ink }) => (ink === null ? words : <span class={`ink-${ink}`}>{words}</span>))}
    </>
  );
}
