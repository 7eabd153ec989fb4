// Now, when there is nothing yet: one step to the first conversation.
import { Lantern } from '../lantern.tsx';
import { PlaceLink } from '../place-link.tsx';

export function FirstRun() {
  return (
    <section class="first-run">
      <Lantern isLit />
      <h2>The light is on</h2>
      <p>
        Claude works on your computer, in a folder that you choose. Follow it, answer it and send it on from
        here.
      </p>
      <PlaceLink to={{ kind: 'new' }} class="button primary">
        Say hello
      </PlaceLink>
    </section>
  );
}
