// What the page shows as a whole: the app, or one of the steps before it.
import type { ReadonlySignal } from '@preact/signals';
import type { App } from '../app.ts';
import type { Database } from '../database.ts';
import type { Identity } from '../identity.ts';
import { AppContext } from './app-context.ts';
import { AppView } from './app-view.tsx';
import { Lantern } from './lantern.tsx';
import { lazy } from './lazy.tsx';
import { Stranger } from './stranger.tsx';

export type Stage =
  | { readonly kind: 'starting' }
  | { readonly kind: 'stuck'; readonly sentence: string }
  /** `wasKnown`: until a moment ago. */
  | { readonly kind: 'stranger'; readonly wasKnown: boolean }
  | {
      readonly kind: 'pairing';
      /** Undefined where the code is to be typed. */
      readonly scanned: { readonly code: string; readonly daemonId: string } | undefined;
      readonly database: Database;
      readonly onPaired: (identity: Identity) => void;
    }
  /** Open to everybody. */
  | { readonly kind: 'trust' }
  | { readonly kind: 'app'; readonly app: App };

const PairPhone = lazy(() => import('./pairing/pair-phone.tsx').then((file) => file.PairPhone));

const TrustPage = lazy(() => import('./trust/trust-page.tsx').then((file) => file.TrustPage));

export function Root({ stage }: { stage: ReadonlySignal<Stage> }) {
  const now = stage.value;
  switch (now.kind) {
    case 'starting':
      return null;
    case 'stuck':
      return (
        <main class="door">
          <Lantern isLit={false} />
          <p role="alert">{now.sentence}</p>
        </main>
      );
    case 'stranger':
      return <Stranger wasKnown={now.wasKnown} />;
    case 'pairing':
      return <PairPhone {...now} />;
    case 'trust':
      return <TrustPage />;
    case 'app':
      return (
        <AppContext.Provider value={now.app}>
          <AppView />
        </AppContext.Provider>
      );
    default:
      return now satisfies never;
  }
}
