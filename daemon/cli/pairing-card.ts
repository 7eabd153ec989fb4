// What the terminal shows of a pairing code: the QR, the address, how long it lives.
import type { CommandResult } from '../protocol/commands.ts';

export function drawPairing(
  pairing: CommandResult<'pairing.start'>,
  { isTerminal }: { isTerminal: boolean },
): string {
  const { url, modules, fingerprint } = pairing;
  const address = new URL(url).origin;
  return [
    ...(isTerminal ? ['', qrForTerminal(modules)] : []),
    '',
    'Scan this with your phone’s camera. It must be on the same Wi-Fi. The code works once, for two minutes.',
    `  ${url}`,
    '',
    `The phone will warn once that the certificate is the computer’s own: that is expected for ${address}.`,
    `  Certificate SHA-256: ${fingerprint.slice(0, 23)}…`,
    '',
  ].join('\n');
}

/** Two rows a line, dark on light whatever the terminal's colours, with a quiet zone of two. */
function qrForTerminal(modules: readonly string[]): string {
  const width = (modules[0]?.length ?? 0) + 4;
  const blank = '0'.repeat(width);
  const rows = [blank, blank, ...modules.map((row) => `00${row}00`), blank, blank];
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const [top, bottom] = [rows[y] ?? blank, rows[y + 1] ?? blank];
    const cells = Array.from({ length: width }, (_, x) => halfBlock(top[x] === '1', bottom[x] === '1'));
    lines.push(`\u001b[30;107m${cells.join('')}\u001b[0m`);
  }
  return lines.join('\n');
}

function halfBlock(top: boolean, bottom: boolean): string {
  if (top) return bottom ? '█' : '▀';
  return bottom ? '▄' : ' ';
}
