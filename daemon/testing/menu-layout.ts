// Reads what gdbus prints of a menu (com.canonical.dbusmenu GetLayout). Knows flat menus only.

export type MenuRow = 'separator' | { readonly title: string; readonly enabled: boolean };

/** The visible rows, top to bottom. */
export function menuRows(layout: string): readonly MenuRow[] {
  const [, ...children] = layout.split(/<\(/);
  return children.flatMap((child): readonly MenuRow[] => {
    if (/'visible': <false>/.test(child)) return [];
    if (/'type': <'separator'>/.test(child)) return ['separator'];
    return [{ title: titleOf(child), enabled: !/'enabled': <false>/.test(child) }];
  });
}

/**
 * GVariant puts text into single quotes, or into double ones when it holds a single one. A panel shows two underscores
 * as one, and leaves out a single one (it marks the letter to underline).
 */
function titleOf(child: string): string {
  const [, single, double] = /'label': <(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")>/.exec(child) ?? [];
  return (single ?? double ?? '').replace(/\\(.)/g, '$1').replace(/_(.?)/g, '$1');
}
