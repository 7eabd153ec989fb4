// A browser that was told to trust an authority, as a phone is by its settings: Chromium with a certificate store of its own, and
// no leave to overlook anything. Closed by whoever opened it.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BrowserContext, chromium } from '@playwright/test';
import { browserOptions } from '../../build/browser.ts';

const run = promisify(execFile);

/** `authority`: a PEM file; `away`: names that lead to this computer, as a hostile network would have it. */
export async function openTrustingBrowser(options: {
  authority: string;
  away?: readonly string[];
}): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'porchlight-trusting-'));
  const store = join(home, '.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  await run('certutil', ['-N', '-d', `sql:${store}`, '--empty-password']);
  await run('certutil', ['-A', '-d', `sql:${store}`, '-n', 'own', '-t', 'C,,', '-i', options.authority]);
  const { args = [], ...browser } = browserOptions();
  const rules = (options.away ?? []).map((name) => `MAP ${name} 127.0.0.1`).join(',');
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    ...browser,
    args: [...args, ...(rules === '' ? [] : [`--host-resolver-rules=${rules}`])],
    env: { PATH: process.env['PATH'] ?? '', HOME: home },
    ignoreHTTPSErrors: false,
    viewport: { width: 390, height: 844 },
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
