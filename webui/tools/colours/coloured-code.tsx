// A block of code as text, and in colours as soon as there is time for them.
import { Pieces } from './pieces.tsx';
import { useColours } from './use-colours.ts';

/** One text as long as nothing is coloured, so that what is selected in it stays selected while it grows. */
export function ColouredCode({ text, language }: { text: string; language: string }) {
  const coloured = useColours(text, language);
  if (coloured.length === 0) return <>{text}</>;
  return (
    <>
      {text.split('\n').map((line, index) => (
        <>
          {index > 0 && '\n'}
          <Pieces text={line} line={coloured[index]} />
        </>
      ))}
    </>
  );
}
