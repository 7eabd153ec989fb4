// Renders the hand-drawn SVGs of assets/ into the pictures that are shipped: tray icons, app icons, favicon.
// Must not need a browser, and writes nothing into assets/.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { iconFile, type Picture } from './icon-file.ts';

const trayStates = ['idle', 'working', 'needs-you', 'error', 'paused'];

/** Pixels of a PNG tray icon: twice the 24 px of a common bar, so that it stays sharp on dense screens. */
const traySize = 48;

/** Of bare pixels, for panels that are told them over D-Bus. */
const pixelSizes = [24, traySize];

const appIcons = [
  { drawing: 'app/icon.svg', picture: 'icon-192.png', size: 192 },
  { drawing: 'app/icon.svg', picture: 'icon-512.png', size: 512 },
  { drawing: 'app/icon-maskable.svg', picture: 'icon-maskable-512.png', size: 512 },
  { drawing: 'app/icon-maskable.svg', picture: 'apple-touch-icon.png', size: 180 },
  { drawing: 'app/favicon.svg', picture: 'favicon-32.png', size: 32 },
] as const;

/**
 * Reads `from` (the assets folder) and fills `to`:
 * `tray/<state>.png` and `tray/<state>-<size>.argb` for Linux, `tray/<state>.ico` for Windows, `tray/template/<state>.png` for macOS, `app/*.png`
 * and `app/favicon.svg`. `<state>` is idle, working, needs-you, error or paused.
 */
export async function renderIcons({ from, to }: { from: string; to: string }): Promise<void> {
  await loadRenderer();
  await mkdir(join(to, 'tray/template'), { recursive: true });
  await mkdir(join(to, 'app'), { recursive: true });
  for (const state of trayStates) {
    const drawing = await readFile(join(from, `tray/${state}.svg`), 'utf8');
    const template = await readFile(join(from, `tray/template/${state}.svg`), 'utf8');
    await writeFile(join(to, `tray/${state}.png`), render(drawing, traySize).png);
    await writeFile(
      join(to, `tray/${state}.ico`),
      iconFile([16, 24, 32].map((size) => render(drawing, size))),
    );
    await writeFile(join(to, `tray/template/${state}.png`), render(template, traySize).png);
    for (const size of pixelSizes)
      await writeFile(join(to, `tray/${state}-${size}.argb`), argbPixels(render(drawing, size)));
  }
  for (const { drawing, picture, size } of appIcons) {
    await writeFile(join(to, 'app', picture), render(await readFile(join(from, drawing), 'utf8'), size).png);
  }
  await copyFile(join(from, 'app/favicon.svg'), join(to, 'app/favicon.svg'));
}

let loading: Promise<void> | undefined;

function loadRenderer(): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  loading ??= readFile(wasm).then((bytes) => initWasm(bytes));
  return loading;
}

/** As StatusNotifierItem has them: alpha, red, green, blue, top row first, not premultiplied. */
function argbPixels({ rgba }: Picture): Buffer {
  const argb = Buffer.alloc(rgba.length);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    argb[at] = alpha;
    for (let colour = 0; colour < 3 && alpha > 0; colour += 1)
      argb[at + 1 + colour] = Math.min(255, Math.round(((rgba[at + colour] ?? 0) * 255) / alpha));
  }
  return argb;
}

function render(svg: string, size: number): Picture {
  const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: size } });
  const image = drawing.render();
  const picture = { size, png: image.asPng(), rgba: image.pixels };
  image.free();
  drawing.free();
  return picture;
}
