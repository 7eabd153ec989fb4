// A conversation that was deleted, perhaps from another device.
import { Lantern } from '../lantern.tsx';
import { PlaceLink } from '../place-link.tsx';

export function Gone() {
  return (
    <main class="screen nothing">
      <Lantern isLit={false} />
      <p>This conversation no longer exists.</p>
      <PlaceLink to={{ kind: 'now' }} class="button">
        Back to all conversations
      </PlaceLink>
    </main>
  );
}
