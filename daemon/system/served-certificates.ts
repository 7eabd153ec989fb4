// Which certificate the daemon shows, at which of the three levels, and that it stays a good one: looks every two seconds
// whether the addresses, the time or the person's files have made another one necessary. A level is never turned on by itself.
import { join } from 'node:path';
import type { Clock, Logger, RunCommand } from '../ports.ts';
import type { Certificates, Shown } from '../ports/certificates.ts';
import type { CertificateFacts, CertificateLevel } from '../protocol/certificate.ts';
import { AppError } from '../protocol/errors.ts';
import { remakeCertificate } from './certificate.ts';
import { keepChoice, readChoice } from './certificate-choice.ts';
import { hostsIn, soonMs } from './certificate-faults.ts';
import { type OwnFiles, readOwn, stampOf } from './own-certificate.ts';
import { againMs, type Place, type Served, serveAt } from './served-by-level.ts';
import { createTailscale } from './tailscale.ts';

const lookMs = 2000;
const day = 86_400_000;
const spoiltChoiceWords =
  'Which certificate to use can no longer be read, so the self-signed one is. See: porchlight certificate --help';

interface Options {
  /** `tls` in the home. */
  readonly folder: string;
  /** From the settings; while they name one, it is used. */
  readonly configured: OwnFiles | null;
  readonly computer: string;
  readonly names: () => readonly string[];
  readonly addresses: () => readonly string[];
  /** Those that phones use: a new one is told of. */
  readonly lanAddresses: () => readonly string[];
  readonly clock: Clock;
  readonly run: RunCommand;
  readonly env: Readonly<Record<string, string>>;
  readonly logger: Logger;
  /** Gets a sentence for the person when something is not as usual. */
  readonly say: (sentence: string) => void;
  /** Where it is told, when it is not what was told last. */
  readonly lobby: {
    readonly view: { readonly certificate: CertificateFacts };
    readonly record: (draft: { type: 'certificate.changed' } & CertificateFacts) => Promise<void>;
  };
}

export async function openCertificates(options: Options): Promise<Certificates> {
  const { folder, configured, clock, lobby } = options;
  const failed = (error: unknown) => options.logger.error('certificate', error);
  const tailscale = createTailscale(options);
  const tailscaleFiles = { cert: join(folder, 'tailscale-cert.pem'), key: join(folder, 'tailscale-key.pem') };
  const ownFiles: OwnFiles = configured ?? tailscaleFiles;
  const place = (): Place => ({
    ...{ folder, computer: options.computer, ownFiles, now: clock.now() },
    ...{ names: options.names(), addresses: options.addresses(), lanAddresses: options.lanAddresses() },
  });
  const followers = new Set<() => void>();
  const chosen = configured ? 'own' : await readChoice(folder);
  if (chosen === undefined) options.say(spoiltChoiceWords);
  let level: CertificateLevel = chosen ?? 'selfSigned';
  let seen = '';
  let lastFetch = Number.NEGATIVE_INFINITY;
  let working: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  let served = await make();

  async function make(): Promise<Served> {
    if (level === 'own' && !configured) await fetchAgain();
    seen = await signs();
    return serveAt(level, place());
  }

  /** Tailscale's certificates live for 90 days; asked anew once a day when a third of that is left. */
  async function fetchAgain(): Promise<void> {
    const own = await readOwn(tailscaleFiles, clock.now());
    const isDue = !own.isGood || clock.now() > own.endsAt - soonMs;
    if (!isDue || clock.monotonic() - lastFetch < day) return;
    lastFetch = clock.monotonic();
    const name = await tailscale.name();
    const trouble = name === undefined ? undefined : await tailscale.fetch(name, tailscaleFiles);
    if (trouble !== undefined) failed(new Error(trouble));
  }

  /** What makes another certificate necessary, but for time. */
  async function signs(): Promise<string> {
    const hosts = [...options.names(), ...options.addresses()].toSorted().join();
    return level === 'own' ? `${hosts} ${await stampOf(ownFiles)}` : hosts;
  }

  async function remake(): Promise<void> {
    const before = served;
    served = await make().catch((error: unknown) => {
      failed(error);
      return { ...before, renewAt: clock.now() + againMs };
    });
    if (isClosed) return;
    if (textOf(served.shown) !== textOf(before.shown)) for (const follower of followers) follower();
    if (served.facts.notice !== before.facts.notice) sayNotice();
    await tell();
  }

  function sayNotice(): void {
    if (served.facts.notice !== '') options.say(served.facts.notice);
  }

  async function tell(): Promise<void> {
    if (JSON.stringify(served.facts) === JSON.stringify(lobby.view.certificate)) return;
    await lobby.record({ type: 'certificate.changed', ...served.facts });
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = working.then(work);
    working = done.catch(() => undefined);
    return done;
  }

  sayNotice();
  await tell();
  let cancel = clock.after(lookMs, look);
  function look(): void {
    void inTurn(async () => {
      if (clock.now() >= served.renewAt || (await signs()) !== seen) await remake();
    })
      .catch(failed)
      .finally(() => {
        if (!isClosed) cancel = clock.after(lookMs, look);
      });
  }

  async function use(wanted: CertificateLevel): Promise<CertificateFacts> {
    if (configured && wanted !== 'own') throw new AppError('certificate_configured');
    if (wanted === 'own') await requireOwn();
    const isAnew = wanted === 'selfSigned' && level === 'selfSigned' && served.facts.notice !== '';
    if (isAnew) await remakeCertificate(place());
    level = wanted;
    if (!configured) await keepChoice(folder, level);
    await remake();
    return served.facts;
  }

  async function requireOwn(): Promise<void> {
    if (!configured) {
      const name = await tailscale.name();
      if (name === undefined) {
        throw new AppError(
          'no_own_certificate',
          'There is no certificate of your own: config.json names none ("certificate": {"cert", "key"}), and Tailscale offers none on this computer.',
        );
      }
      const trouble = await tailscale.fetch(name, tailscaleFiles);
      if (trouble !== undefined) throw new AppError('no_own_certificate', trouble);
    }
    const own = await readOwn(ownFiles, clock.now());
    if (!own.isGood) throw new AppError('no_own_certificate', own.sentence);
  }

  return {
    get daemonId() {
      return served.daemonId;
    },
    get facts() {
      return served.facts;
    },
    get shown() {
      return served.shown;
    },
    get authority() {
      return served.authority;
    },
    follow(follower) {
      followers.add(follower);
      return () => followers.delete(follower);
    },
    async report({ withOffer }) {
      const name = withOffer && !configured ? await tailscale.name() : undefined;
      const [shown] = [...served.shown.byName.values(), served.shown.usual];
      return {
        ...served.facts,
        hosts: [...hostsIn(shown?.cert ?? '')],
        endsAt: served.endsAt,
        offer: name === undefined ? null : { name, command: [...tailscale.command(name, tailscaleFiles)] },
      };
    },
    use: (wanted) => inTurn(() => use(wanted)),
    close() {
      isClosed = true;
      cancel();
    },
  };
}

function textOf({ usual, byName }: Shown): string {
  return JSON.stringify([usual, ...byName]);
}
