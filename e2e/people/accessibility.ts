// Somebody who cannot see the screen or cannot use a finger: what axe finds amiss, and the controls that the Tab key
// reaches, by the names a screen reader says. Leaves the page as it was but for the focus.
import axe, { type AxeResults } from 'axe-core';
import { expect, type Page } from '@playwright/test';

/** The rules of WCAG 2.0 to 2.2 at levels A and AA, and what axe holds to be good practice besides. */
const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What another colour scheme can break; the other rules would find the same twice. */
const ofColours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const schemes = [
  { colorScheme: 'light', runOnly: all },
  { colorScheme: 'dark', runOnly: ofColours },
] as const;

/** Fails with one line for each element that breaks a rule: scheme, rule, selector, what to do. `name` is of the screen. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const found: string[] = [];
  for (const { colorScheme, runOnly } of schemes) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violations(page, runOnly)).map((line) => `${colorScheme}: ${line}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  expect(found, `${name}: what axe finds`).toEqual([]);
}

/** What the Tab key reaches from the page's top to its end, in order, by name. */
export async function tabStops(page: Page): Promise<string[]> {
  const next = async () => {
    await page.keyboard.press('Tab');
    return page.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement || activeElement === document.body) return undefined;
      return activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? '';
    });
  };
  // Past the end the focus leaves the page; the key after that begins at the top.
  while ((await next()) !== undefined);
  const names: string[] = [];
  for (let name = await next(); name !== undefined; name = await next()) names.push(name);
  return names;
}

async function violations(page: Page, runOnly: object): Promise<string[]> {
  // As an expression, not as a script element: the page's content security policy would refuse that, and rightly.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`(() => { ${axe.source} })()`);
  const results: AxeResults = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })`,
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => {
      const why = failureSummary.split('\n').slice(1).join(' ').trim();
      return `${id} at ${target.join(' ')}: ${help}. ${why}`;
    }),
  );
}
