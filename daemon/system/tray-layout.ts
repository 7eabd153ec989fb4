// Fits any tray menu into a fixed row of slots, because the tray program can neither add a row nor hide a line later.
// Pure. Blocks are what stands between separators; each gets slots to spare, and what is not needed is hidden.
import type { TrayItem, TrayView } from '../ports.ts';

/** How many slots each block has. A line stands between blocks. */
export type Layout = readonly number[];

/** One row of the program's menu, in order. A slot without an item is hidden. */
export type Slot = 'separator' | { readonly item: TrayItem | undefined };

const spareSlots = 8;

export function layoutFor(view: TrayView): Layout {
  return blocksOf(view).map((block) => block.length + spareSlots);
}

/** Undefined when the view needs another layout: more or fewer blocks, or a block that outgrew its slots. */
export function slotsFor(view: TrayView, layout: Layout): readonly Slot[] | undefined {
  const blocks = blocksOf(view);
  if (blocks.length !== layout.length) return undefined;
  const slots: Slot[] = [];
  for (const [index, size] of layout.entries()) {
    const block = blocks[index] ?? [];
    if (block.length > size) return undefined;
    if (index > 0) slots.push('separator');
    for (let slot = 0; slot < size; slot += 1) slots.push({ item: block[slot] });
  }
  return slots;
}

/** Empty blocks fall away, so that no line ever stands first, last or doubled. */
function blocksOf(view: TrayView): readonly (readonly TrayItem[])[] {
  const blocks: TrayItem[][] = [[]];
  for (const item of view.items) {
    if (item === 'separator') blocks.push([]);
    else blocks.at(-1)?.push(item);
  }
  return blocks.filter((block) => block.length > 0);
}

/** What a menu shows as `title`: one line, with the letters doubled that a desktop would take for an underline mark. */
export function menuText(title: string, platform: NodeJS.Platform): string {
  const line = title.replace(/\s+/g, ' ').trim();
  // systray2 makes a line of a row with exactly this title.
  if (line === '<SEPARATOR>') return '< SEPARATOR >';
  if (platform === 'linux') return line.replaceAll('_', '__');
  return platform === 'win32' ? line.replaceAll('&', '&&') : line;
}
