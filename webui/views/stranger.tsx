// What a device sees that has no key: how to get one. Says nothing about the computer.
import { Lantern } from './lantern.tsx';

export function Stranger({ wasKnown }: { wasKnown: boolean }) {
  return (
    <main class="door">
      <Lantern isLit={false} />
      {wasKnown && (
        <p role="alert">
          The computer does not know this device any more. All that was kept here of it is gone.
        </p>
      )}
      <h1>Scan the code on your computer</h1>
      <ol class="steps">
        <li>
          On the computer, click the lantern and choose “Pair a phone…”, or run <code>porchlight pair</code>.
        </li>
        <li>Point this phone’s camera at the code.</li>
        <li>Compare six digits and press Allow on the computer.</li>
      </ol>
      <p>
        <a class="button" href="/p">
          Type the code instead
        </a>
      </p>
      <p class="aside">There is no account and no password: this phone gets a key of its own.</p>
    </main>
  );
}
