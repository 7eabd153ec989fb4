// What came from the web: the address that was fetched and what was made of it, or the pages that a search found.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { Markdown } from '../../markdown/markdown.tsx';
import { safeHref } from '../../markdown/safe-href.ts';
import { listField, numberField, textField } from '../../../daemon/protocol/fields.ts';

export function WebBody({ item }: { item: ToolItem }) {
  const url = textField(item.input, 'url');
  const found = listField(item.detail, 'results');
  const pages = found.flatMap((result) => listField(result, 'content'));
  const said = found.filter((result) => typeof result === 'string').join('\n\n');
  const result = textField(item.detail, 'result') || (found.length > 0 ? said : item.output);
  const code = numberField(item.detail, 'code');
  return (
    <>
      {url === '' ? (
        <p dir="auto">{textField(item.input, 'query')}</p>
      ) : (
        <p class="path" dir="ltr">
          <Outside url={url} text={url} />
        </p>
      )}
      {textField(item.input, 'prompt') !== '' && (
        <p class="aside" dir="auto">
          {textField(item.input, 'prompt')}
        </p>
      )}
      {code !== null && (
        <p class={code >= 400 ? 'failure' : 'aside'}>
          {code} {textField(item.detail, 'codeText')}
        </p>
      )}
      {pages.length > 0 && (
        <ul class="pages">
          {pages.map((page) => (
            <li dir="auto">
              <Outside
                url={textField(page, 'url')}
                text={textField(page, 'title') || textField(page, 'url')}
              />
            </li>
          ))}
        </ul>
      )}
      {result !== '' && <Markdown text={result} open={false} />}
    </>
  );
}

function Outside({ url, text }: { url: string; text: string }) {
  const href = safeHref(url);
  if (href === null) return <>{text}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
