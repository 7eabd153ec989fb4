// Any value in a form that people read: names and their values, what is nested indented below its name.
// For inputs and results of tools that this version does not know. Shows JSON only of what is nested too deep for indenting:
// a person may be about to allow it, so nothing is left out.
import type { ComponentChildren } from 'preact';
import { Folded } from './folded.tsx';
import { LongText } from './long-text.tsx';
import { visibleText } from '../../daemon/protocol/visible-text.ts';

const deepest = 6;

export function KeyValue({ value, depth = 0 }: { value: unknown; depth?: number }): ComponentChildren {
  if (typeof value === 'string') return <Text text={value} />;
  if (typeof value !== 'object' || value === null) return <Text text={plain(value)} />;
  const entries = Object.entries(value);
  if (entries.length === 0) return <Text text="none" />;
  if (depth > deepest) return <Text text={JSON.stringify(value)} />;
  const words = wordsOf(value);
  if (words !== null) return <Text text={words} />;
  const isList = Array.isArray(value);
  return (
    <Folded items={entries} atMost={40} keep="first" noun="entries">
      {(shown) => (
        <dl class="key-value">
          {shown.map(([name, each]) => (
            <div key={name} class={isShort(each) ? undefined : 'below'}>
              <dt>{isList ? `${Number(name) + 1}.` : visibleText(spoken(name))}</dt>
              <dd>
                <KeyValue value={each} depth={depth + 1} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Folded>
  );
}

function Text({ text }: { text: string }) {
  return <LongText text={text === '' ? 'empty' : visibleText(text)} isCode={looksLikeCode(text)} />;
}

function plain(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return value === null || value === undefined ? 'none' : String(value);
}

/** `file_path` and `filePath` are both "file path". */
function spoken(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
}

/** A list of a few plain values in one line; null for everything else. */
function wordsOf(value: object): string | null {
  if (!Array.isArray(value) || !value.every((each) => typeof each !== 'object')) return null;
  const words = value.map(plain).join(', ');
  return isOneLine(words) ? words : null;
}

/** Has room beside its name. */
function isShort(value: unknown): boolean {
  if (typeof value === 'string') return isOneLine(value);
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return true;
  return wordsOf(value) !== null;
}

function isOneLine(text: string): boolean {
  return text.length <= 60 && !text.includes('\n');
}

function looksLikeCode(text: string): boolean {
  return /^[./~]|[{};]|^\S*[_/\\.]\S*$/.test(text);
}
