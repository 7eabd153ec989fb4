// A QR code as rows of 0 and 1, so that whoever shows it draws it: the page as SVG, the terminal as half blocks.
import QRCode from 'qrcode';

/** Error correction level L keeps the code small; the quiet zone is the drawer's business. */
export function qrModules(text: string): string[] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'L' });
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_, column) => (modules.get(row, column) ? '1' : '0')).join(''),
  );
}
