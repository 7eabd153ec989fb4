// The places of the app and their URLs. Pure: reads no location and changes no history.

export type Place =
  | { readonly kind: 'now' }
  | { readonly kind: 'new' }
  | { readonly kind: 'conversation'; readonly conversationId: string }
  /** A preview in a tab of its own. */
  | { readonly kind: 'preview'; readonly previewId: string }
  | { readonly kind: 'devices' }
  | { readonly kind: 'audit' }
  | { readonly kind: 'doctor' }
  | { readonly kind: 'settings' }
  /** How a phone comes to trust the computer; open to those who are not signed in. */
  | { readonly kind: 'trust' }
  /** Where a phone lands that scanned the code, or where its code is typed. */
  | { readonly kind: 'pairPhone' }
  /** Where the computer shows the code. */
  | { readonly kind: 'pairComputer' }
  /** Where the computer's own browser enters with a ticket. */
  | { readonly kind: 'enter' }
  /** Where a device goes on that came from another address of the computer. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'nowhere' };

const conversationPath = /^\/c\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const previewPath = /^\/preview\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The place that a path means; a slash at its end is forgiven. */
export function placeOf(path: string): Place {
  const bare = path.length > 1 ? path.replace(/\/+$/, '') : path;
  switch (bare) {
    case '/':
    case '':
      return { kind: 'now' };
    case '/new':
      return { kind: 'new' };
    case '/audit':
      return { kind: 'audit' };
    case '/doctor':
      return { kind: 'doctor' };
    case '/devices':
      return { kind: 'devices' };
    case '/settings':
      return { kind: 'settings' };
    case '/trust':
      return { kind: 'trust' };
    case '/move':
      return { kind: 'moved' };
    case '/p':
      return { kind: 'pairPhone' };
    case '/pair':
      return { kind: 'pairComputer' };
    case '/computer':
      return { kind: 'enter' };
    default: {
      const conversationId = conversationPath.exec(bare)?.[1];
      if (conversationId !== undefined) return { kind: 'conversation', conversationId };
      const previewId = previewPath.exec(bare)?.[1];
      return previewId === undefined ? { kind: 'nowhere' } : { kind: 'preview', previewId };
    }
  }
}

export function pathOf(place: Place): string {
  switch (place.kind) {
    case 'now':
    case 'nowhere':
      return '/';
    case 'new':
      return '/new';
    case 'conversation':
      return `/c/${place.conversationId}`;
    case 'preview':
      return `/preview/${place.previewId}`;
    case 'pairPhone':
      return '/p';
    case 'pairComputer':
      return '/pair';
    case 'enter':
      return '/computer';
    case 'audit':
      return '/audit';
    case 'doctor':
      return '/doctor';
    case 'devices':
      return '/devices';
    case 'settings':
      return '/settings';
    case 'trust':
      return '/trust';
    case 'moved':
      return '/move';
    default:
      return place satisfies never;
  }
}
