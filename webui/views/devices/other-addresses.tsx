// Where else the computer may be while it does not answer here: links under which this device goes on as it is.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useApp } from '../app-context.ts';

interface Elsewhere {
  readonly host: string;
  readonly href: string;
}

export function OtherAddresses() {
  const { access, move, outbox } = useApp();
  const links = useSignal<readonly Elsewhere[]>([]);
  useEffect(() => {
    void Promise.all(
      access.addresses
        .filter((origin) => origin !== location.origin)
        .map(async (origin) => ({ host: new URL(origin).hostname, href: await move.linkTo(origin) })),
    ).then((made) => {
      links.value = made.flatMap(({ host, href }) => (href === undefined ? [] : [{ host, href }]));
    });
  }, []);
  const unsent = outbox.entries.value.filter((entry) => entry.state !== 'acknowledged').length;
  if (links.value.length === 0) return null;
  return (
    <details class="elsewhere">
      <summary>Is it at another address?</summary>
      <ul>
        {links.value.map(({ host, href }) => (
          <li key={host}>
            <a href={href} dir="ltr">
              {host}
            </a>
          </li>
        ))}
      </ul>
      {unsent > 0 && (
        <p>
          {unsent === 1 ? 'One message here is' : `${unsent} messages here are`} not sent yet and will not
          come along: copy what you need first.
        </p>
      )}
    </details>
  );
}
