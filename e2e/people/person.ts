// Somebody with a phone, in their own words: scan, say, answer, read. Knows roles and visible text, nothing of the code.
import { expect, type Locator, type Page } from '@playwright/test';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';

export class Person {
  readonly page: Page;
  readonly #daemon: TestDaemon;

  constructor(page: Page, daemon: TestDaemon) {
    this.page = page;
    this.#daemon = daemon;
  }

  /** Opens what the QR code says. */
  async scan(url: string): Promise<void> {
    await this.page.goto(url);
  }

  /** The six digits that the phone shows. */
  async digits(): Promise<string> {
    const shown = this.page.locator('.digits');
    await expect(shown).toBeVisible();
    return ((await shown.textContent()) ?? '').replaceAll(/\D/g, '');
  }

  /** Pairs with somebody at the computer who says yes, as `porchlight pair --allow` does. */
  async pair(): Promise<void> {
    const { owner } = this.#daemon;
    const head = await owner.lobbyHead();
    const { url } = await owner.run('pairing.start', {});
    await this.scan(url);
    for await (const event of owner.lobby(head, AbortSignal.timeout(60_000))) {
      if (event.type === 'pairing.settled') break;
      if (event.type !== 'pairing.requested') continue;
      await owner.run('pairing.answer', { pairingId: String(event['pairingId']), behavior: 'allow' });
    }
    await expect(this.page.getByRole('heading', { name: 'Porchlight' })).toBeVisible();
  }

  /** Starts a conversation in the project folder. */
  async startConversation(): Promise<void> {
    await this.page
      .getByRole('link', { name: /New conversation|Say hello/ })
      .first()
      .click();
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: /^project/ })
      .click();
    await expect(this.messageBox).toBeVisible();
  }

  /** Lets Claude change files of the project unasked. */
  async acceptEdits(): Promise<void> {
    await this.button(/^Mode:/).click();
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Accept edits/ })
      .click();
    await expect(this.button('Mode: Accept edits')).toBeVisible();
  }

  /** The line of a tool call. */
  tool(name: string | RegExp): Locator {
    return this.page.locator('.tool-line', { hasText: name });
  }

  get messageBox(): Locator {
    return this.page.getByRole('textbox', { name: 'Message to Claude' });
  }

  async say(text: string): Promise<void> {
    await this.messageBox.fill(text);
    await this.page.getByRole('button', { name: /^Send(?! again)/ }).click();
  }

  /** What Claude said, in order. */
  get answers(): Locator {
    return this.page.locator('.item.text');
  }

  /** The lines under turns that are over. */
  get receipts(): Locator {
    return this.page.locator('.receipt-line');
  }

  get transcript(): Locator {
    return this.page.getByRole('log');
  }

  /** What people said, in order, queued words too. */
  get words(): Locator {
    return this.page.locator('.bubble p');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }
}
