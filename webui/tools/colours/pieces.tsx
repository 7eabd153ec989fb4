// One line of code: its coloured words where it has some, its plain text otherwise. Elements only.
import { LongLine } from '../long-line.tsx';
import type { ColouredLine } from './coloured-lines.ts';

interface Props {
  readonly text: string;
  readonly line: ColouredLine | undefined;
}

export function Pieces({ text, line }: Props) {
  return (
    <LongLine text={text}>
      <Coloured text={text} line={line} />
    </LongLine>
  );
}

function Coloured({ text, line }: Props) {
  // Colours of another text would show other words.
  if (!line || line.map((piece) => piece.text).join('') !== text) return <>{text}</>;
  return (
    <>
      {line.map(({ text: words, ink }) => (ink === null ? words : <span class={`ink-${ink}`}>{words}</span>))}
    </>
  );
}
