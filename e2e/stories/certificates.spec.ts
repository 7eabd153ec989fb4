// A phone comes to trust the computer: turned on by one act at the computer, step by step on the phone, and told honestly at every
// moment. Chromium is the judge of what such a phone takes, and of what it refuses even then.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import { openedPage } from '../people/opened-page.ts';
import { expect, test } from '../people/story.ts';
import { openTrustingBrowser } from '../people/trusting-browser.ts';

const trusted = (daemon: TestDaemon) => daemon.owner.run('certificate.use', { level: 'trusted' });
const authorityOf = ({ home }: TestDaemon) => join(home, 'tls', 'authority.pem');

test('one press at the computer, then the phone has its steps and the same fingerprint', async ({
  ana,
  newPerson,
  daemon,
}) => {
  test.setTimeout(240_000);
  await ana.page.goto(`${daemon.url}/trust`);
  await expect(ana.page.getByText('turned on at the computer first')).toBeVisible();
  await look(ana.page, 'trust-off');
  await daemon.restartWith('--open');
  const computer = await newPerson({ isMobile: false });
  await computer.page.goto(await openedPage(daemon.home));
  await expect(computer.page.getByRole('heading', { name: 'each phone warns once' })).toBeVisible();
  await look(computer.page, 'certificate-card-off');
  await computer.button('Let phones trust this computer').click();
  const card = computer.page.getByRole('region', { name: 'Phones can trust this computer' });
  const fingerprint = (await card.locator('.fingerprint').textContent()) ?? '';
  expect(fingerprint).toMatch(/^([0-9A-F]{4} ){15}[0-9A-F]{4}$/);
  await look(computer.page, 'certificate-card-on');
  await expectAccessible(computer.page, 'the pair page with a trusted certificate');

  await ana.button('Look again').click();
  await expect(ana.page.locator('.fingerprint')).toHaveText(fingerprint);
  const shown = await daemon.run('certificate');
  expect(shown.stdout.replaceAll(':', '')).toContain(fingerprint.replaceAll(' ', ''));
  await expect(ana.button('Android')).toHaveAttribute('aria-pressed', 'true');
  await look(ana.page, 'trust-android');
  await ana.button('iPhone').click();
  await expect(ana.page.getByRole('link', { name: 'Download the profile' })).toBeVisible();
  await look(ana.page, 'trust-iphone');
  await expectAccessible(ana.page, 'the way to trust');
  await ana.button('Check that it worked').click();
  await expect(ana.page.getByRole('status')).toHaveText(/^Not yet\./);
  await ana.button('Check that it worked').scrollIntoViewIfNeeded();
  await look(ana.page, 'trust-not-yet');

  await computer.button('Go back to the self-signed certificate').click();
  await expect(computer.page.getByRole('heading', { name: 'each phone warns once' })).toBeVisible();
});

test('the lantern tells how this phone is connected, and no phone may turn a level on', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.button('Connection: connected').click();
  const sheet = ana.page.getByRole('dialog', { name: 'Connection' });
  await expect(sheet.getByRole('heading', { name: 'Encrypted; your phone warned once' })).toBeVisible();
  await look(ana.page, 'connection-self-signed');
  await trusted(daemon);
  await expect(sheet.getByRole('link', { name: 'Trust this computer' })).toHaveClass(/primary/);
  await look(ana.page, 'connection-to-be-trusted');
  await expectAccessible(ana.page, 'the sheet of the connection');
  await sheet.getByRole('link', { name: 'Trust this computer' }).click();
  await expect(ana.page.getByText('First compare')).toBeVisible();
  await ana.page.goto(`${daemon.url}/pair`);
  await expect(ana.page.getByRole('heading', { name: 'Phones can trust this computer' })).toBeVisible();
  await expect(ana.button('Go back to the self-signed certificate')).toBeHidden();
});

test('a browser that trusts the authority opens the app without a warning, by socket and with service worker', async ({
  daemon,
}) => {
  await trusted(daemon);
  const { context, close } = await openTrustingBrowser({ authority: authorityOf(daemon) });
  try {
    const page = await context.newPage();
    await page.goto(`${daemon.url}/trust`);
    await page.getByRole('button', { name: 'Check that it worked' }).click();
    await expect(page.getByRole('status')).toHaveText('It worked: this device trusts the computer.');
    const left = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    expect(left).toBe(0);
    const { firstLine, closed } = await daemon.begin('pair', '--allow', '--json');
    await page.goto(JSON.parse(firstLine).url);
    expect(await closed).toBe(0);
    await page.getByRole('button', { name: 'Connection: connected' }).click();
    const sheet = page.getByRole('dialog', { name: 'Connection' });
    await expect(sheet.getByRole('heading', { name: 'Trusted on this phone' })).toBeVisible();
    await look(page, 'connection-trusted');
  } finally {
    await close();
  }
});

test('the self-signed level is refused by a browser that may overlook nothing', async ({ daemon }) => {
  await trusted(daemon);
  const { context, close } = await openTrustingBrowser({ authority: authorityOf(daemon) });
  await daemon.owner.run('certificate.use', { level: 'selfSigned' });
  try {
    const page = await context.newPage();
    await expect(page.goto(daemon.url)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  } finally {
    await close();
  }
});

test('with the stolen key of the authority nobody can pass for the rest of the web', async ({ daemon }) => {
  await trusted(daemon);
  const away = ['example.com', '8.8.8.8', 'neighbour.local'];
  const { context, close } = await openTrustingBrowser({ authority: authorityOf(daemon), away });
  const opened = async (host: string, alt: string) => {
    const server = createServer(signedWithStolenKey(daemon, alt), (_request, response) => {
      response.end('<h1>passed</h1>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    // The error page of one try may still be on its way when the next begins.
    const page = await context.newPage();
    const outcome = await page.goto(`https://${host}:${port}/`).then(
      () => 'passed',
      (error: Error) => /ERR_\w+/.exec(error.message)?.[0] ?? error.message,
    );
    server.closeAllConnections();
    server.close();
    return outcome;
  };
  try {
    expect({
      name: await opened('example.com', 'DNS:example.com'),
      address: await opened('8.8.8.8', 'IP:8.8.8.8'),
      neighbour: await opened('neighbour.local', 'DNS:neighbour.local'),
    }).toEqual({ name: 'ERR_CERT_INVALID', address: 'ERR_CERT_INVALID', neighbour: 'passed' });
  } finally {
    await close();
  }
});

/** A leaf by openssl for what `alt` says, whatever the authority may vouch for. */
function signedWithStolenKey({ home, folder }: TestDaemon, alt: string): { key: string; cert: string } {
  const path = (name: string) => join(folder, `stolen-${name}`);
  const openssl = (...args: string[]) => expect(spawnSync('openssl', args).status).toBe(0);
  writeFileSync(path('extensions'), `subjectAltName=${alt}\nextendedKeyUsage=serverAuth\n`);
  const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', path('key.pem')];
  openssl('req', '-new', ...keys, '-subj', '/CN=stolen', '-out', path('request.pem'));
  const by = ['-CA', join(home, 'tls', 'authority.pem'), '-CAkey', join(home, 'tls', 'authority-key.pem')];
  const made = ['-CAcreateserial', '-CAserial', path('serial'), '-days', '30', '-out', path('cert.pem')];
  openssl('x509', '-req', '-in', path('request.pem'), ...by, ...made, '-extfile', path('extensions'));
  return { key: readFileSync(path('key.pem'), 'utf8'), cert: readFileSync(path('cert.pem'), 'utf8') };
}
