// Draws a QR code from its modules, one string of 0 and 1 a row: a single path, dark on light in every colour scheme,
// with the quiet zone that scanners want.

const quiet = 4;

export function QrCode({ modules, label }: { modules: readonly string[]; label: string }) {
  const size = modules.length + 2 * quiet;
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={qrPath(modules)} />
    </svg>
  );
}

/** One rectangle for each run of dark modules. */
export function qrPath(modules: readonly string[]): string {
  return modules
    .flatMap((row, y) =>
      Array.from(
        row.matchAll(/1+/g),
        (run) => `M${run.index + quiet} ${y + quiet}h${run[0].length}v1h-${run[0].length}z`,
      ),
    )
    .join('');
}
