// Makes index.html from webui/index.html, where {{styles}}, {{scripts}} and {{buildId}} stand for what only the build
// knows. Refuses inline scripts and styles: the daemon's content security policy would block them on the phone.
import { readFile } from 'node:fs/promises';
import type { FirstLoad } from './first-load.ts';
import { buildIdPlaceholder } from './web-files.ts';

const inline = /<style\b|<script(?![^>]*\ssrc=)|\s(?:style|on\w+)\s*=|javascript:/i;

export async function webPage(load: FirstLoad): Promise<string> {
  return fillPage(await readFile('webui/index.html', 'utf8'), load);
}

export function fillPage(template: string, { scripts, styles }: FirstLoad): string {
  const [entry, ...imported] = scripts;
  const styleTags = styles.map((path) => `<link rel="stylesheet" href="/${path}">`);
  const preloadTags = imported.map((path) => `<link rel="modulepreload" href="/${path}">`);
  const values: Record<string, string> = {
    styles: styleTags.join('\n    '),
    scripts: [...preloadTags, `<script type="module" src="/${entry}"></script>`].join('\n    '),
    buildId: buildIdPlaceholder,
  };
  const page = template.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder);
  const unfilled = /\{\{\w+\}\}/.exec(page)?.[0];
  if (unfilled !== undefined) throw new Error(`webui/index.html: nothing is known as ${unfilled}`);
  const refused = inline.exec(page)?.[0];
  if (refused !== undefined)
    throw new Error(`webui/index.html: "${refused.trim()}": scripts and styles belong in files`);
  return page;
}
