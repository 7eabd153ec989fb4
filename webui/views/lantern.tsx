// The lantern: lit while the computer is there, dark while it is not.

export function Lantern({ isLit }: { isLit: boolean }) {
  return (
    <svg class={isLit ? 'lantern lit' : 'lantern'} viewBox="0 0 32 32" aria-hidden="true">
      <path class="flame" d="M9 11.5l1.6 13.8h10.8l1.6-13.8z" />
      <g fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" stroke-width="1.75">
        <path d="M14.2 5.6a1.8 1.8 0 0 1 3.6 0" />
        <path d="M13 7h6l5 4.2H8z" />
        <path d="M9 11.5l1.6 13.8h10.8l1.6-13.8" />
        <path d="M9.7 27h12.6" />
      </g>
    </svg>
  );
}
