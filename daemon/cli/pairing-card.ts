// What the terminal shows of a pairing code: the QR, the address, how long it lives.
import type { CommandResult } from '../protocol/commands.ts';

export function drawPairing(
  pairing: CommandResult<'pairing.start'>,
  { isTerminal }: { isTerminal: boolean },
): string {
  const { url, modules, fingerprint, typed } = pairing;
  const address = new URL(url).origin;
  return [
    '',
    drawQr(modules, { isTerminal }),
    '',
    'Scan this with your phone’s camera. It must be on the same Wi-Fi. The code works once, for two minutes.',
    `  ${url}`,
    ...(typed === '' ? [] : ['', `No camera? Open ${address}/p on the phone and type:`, `  ${typed}`]),
    '',
    `The phone will warn once that the certificate is the computer’s own: that is expected for ${address}.`,
    `  Certificate SHA-256: ${fingerprint.slice(0, 23)}…`,
    '',
  ].join('\n');
}

/** By itself. */
export function drawQr(modules: readonly string[], { isTerminal }: { isTerminal: boolean }): string {
  return qrLines(modules)
    .map((line) => (isTerminal ? `\u001b[30;107m${line}\u001b[0m` : line))
    .join('\n');
}

/** Two rows a line, with a quiet zone of two. Dark on light needs colours; without them most cameras read it all the same. */
function qrLines(modules: readonly string[]): string[] {
  const width = (modules[0]?.length ?? 0) + 4;
  const blank = '0'.repeat(width);
  const rows = [blank, blank, ...modules.map((row) => `00${row}00`), blank, blank];
  return Array.from({ length: Math.ceil(rows.length / 2) }, (_, line) => {
    const [top, bottom] = [rows[2 * line] ?? blank, rows[2 * line + 1] ?? blank];
    return Array.from({ length: width }, (_, x) => halfBlock(top[x] === '1', bottom[x] === '1')).join('');
  });
}

function halfBlock(top: boolean, bottom: boolean): string {
  if (top) return bottom ? '█' : '▀';
  return bottom ? '▄' : ' ';
}
