// The tray's menu as com.canonical.dbusmenu, for panels that draw it themselves. Rows have numbers that are never used again, so
// that a click on a row that has gone meanwhile is a click on nothing.
import type { TrayItem, TrayView } from '../../ports.ts';
import { menuText } from '../tray-layout.ts';
import type { Answer, Bus } from './bus.ts';
import type { Message } from './message.ts';
import { type Value, Variant } from './wire.ts';

export const menuPath = '/MenuBar';
const menuInterface = 'com.canonical.dbusmenu';

export interface TrayMenu {
  show(view: TrayView): void;
  /** Undefined when it is nothing that a menu answers. */
  answer(message: Message): Answer | undefined;
  readonly properties: Readonly<Record<string, Variant>>;
}

interface Row {
  readonly id: number;
  readonly item: TrayItem | 'separator';
}

export function createTrayMenu(options: {
  bus: Pick<Bus, 'emit'>;
  view: TrayView;
  onPick: (itemId: string) => void;
}): TrayMenu {
  const { bus, onPick } = options;
  const ids = new Map<string, number>();
  let revision = 1;
  let nextId = 1;
  let rows = rowsOf(options.view);

  function rowsOf(view: TrayView): readonly Row[] {
    return view.items.map((item, index) => {
      const key = item === 'separator' ? `line ${index}` : JSON.stringify([item.id, item.title]);
      const id = ids.get(key) ?? nextId;
      if (id === nextId) nextId += 1;
      ids.set(key, id);
      return { id, item };
    });
  }

  const isRoot = (id: Value | undefined) => id === 0;
  const layout = (id: Value | undefined): Value => {
    const node = (row: Row): Value => [row.id, entries(propertiesOf(row)), []];
    if (!isRoot(id)) {
      const row = rows.find((one) => one.id === id);
      return row ? node(row) : [Number(id), [], []];
    }
    const root = { 'children-display': new Variant('s', 'submenu') };
    return [0, entries(root), rows.map((row) => new Variant('(ia{sv}av)', node(row)))];
  };

  function picked(id: Value | undefined, event: Value | undefined): void {
    if (event !== 'clicked') return;
    const item = rows.find((row) => row.id === id)?.item;
    if (item !== undefined && item !== 'separator' && item.enabled) onPick(item.id);
  }

  const answers: Readonly<Record<string, (body: readonly Value[]) => Answer>> = {
    GetLayout: ([id]) => ({ signature: 'u(ia{sv}av)', body: [revision, layout(id)] }),
    GetGroupProperties([wanted]) {
      const numbers = Array.isArray(wanted) ? wanted : [];
      const chosen = rows.filter(({ id }) => numbers.length === 0 || numbers.includes(id));
      return {
        signature: 'a(ia{sv})',
        body: [chosen.map((row) => [row.id, entries(propertiesOf(row))])],
      };
    },
    GetProperty([id, name]) {
      const row = rows.find((one) => one.id === id);
      const value = row && propertiesOf(row)[String(name)];
      return { signature: 'v', body: [value ?? new Variant('s', '')] };
    },
    Event([id, event]) {
      picked(id, event);
      return { signature: '', body: [] };
    },
    EventGroup([events]) {
      for (const event of Array.isArray(events) ? events : [])
        if (Array.isArray(event)) picked(event[0], event[1]);
      return { signature: 'ai', body: [[]] };
    },
    AboutToShow: () => ({ signature: 'b', body: [false] }),
    AboutToShowGroup: () => ({ signature: 'aiai', body: [[], []] }),
  };

  return {
    show(view) {
      const wanted = rowsOf(view);
      if (JSON.stringify(wanted) === JSON.stringify(rows)) return;
      rows = wanted;
      revision += 1;
      bus.emit({
        ...{ path: menuPath, interface: menuInterface, member: 'LayoutUpdated' },
        ...{ signature: 'ui', body: [revision, 0] },
      });
    },
    answer: ({ interface: of, member = '', body }) =>
      of === menuInterface && Object.hasOwn(answers, member) ? answers[member]?.(body) : undefined,
    properties: {
      Version: new Variant('u', 3),
      TextDirection: new Variant('s', 'ltr'),
      Status: new Variant('s', 'normal'),
      IconThemePath: new Variant('as', []),
    },
  };
}

function propertiesOf({ item }: Row): Readonly<Record<string, Variant>> {
  if (item === 'separator') return { type: new Variant('s', 'separator') };
  return {
    label: new Variant('s', menuText(item.title, 'linux')),
    enabled: new Variant('b', item.enabled),
    visible: new Variant('b', true),
  };
}

/** As `a{sv}` has it. */
export function entries(record: Readonly<Record<string, Variant>>): Value {
  return Object.entries(record).map(([name, value]) => [name, value]);
}
