// One thing that can be done, in a sheet: what it is called, and what it means.

export function Deed(props: { name: string; means: string; isOff?: boolean; onDo: () => void }) {
  const { name, means, isOff = false, onDo } = props;
  return (
    <button type="button" class="choice" disabled={isOff} onClick={onDo}>
      <span class="name">{name}</span>
      <span class="means">{means}</span>
    </button>
  );
}
