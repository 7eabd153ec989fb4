// The account of a turn: the files it changed, the commands it ran, its time, cost and tokens, and what to do with its words.
import type { ChangedFile, RanCommand, ReceiptItem } from '../../../daemon/protocol/view.ts';
import { costWords, durationWords } from '../../time-words.ts';
import { Folded } from '../../tools/folded.tsx';
import { partsOfPath, shownPath } from '../../tools/paths.ts';
import { ReceiptActions } from './receipt-actions.tsx';
import { tokenWords } from './receipt-words.ts';

const atOnce = 12;

export function ReceiptBody({ receipt, cwd }: { receipt: ReceiptItem; cwd: string }) {
  const { files, commands, durationMs, costUsd, inputTokens, outputTokens } = receipt;
  return (
    <>
      {files.length > 0 && (
        <Folded items={files} atMost={atOnce} keep="first" noun="files">
          {(shown) => (
            <ul class="changed-files" aria-label="Files">
              {shown.map((file) => (
                <FileLine key={file.path} file={file} cwd={cwd} />
              ))}
            </ul>
          )}
        </Folded>
      )}
      {commands.length > 0 && (
        <Folded items={commands} atMost={atOnce} keep="last" noun="commands">
          {(shown) => (
            <ul class="ran-commands" aria-label="Commands">
              {shown.map((command) => (
                <CommandLine command={command} />
              ))}
            </ul>
          )}
        </Folded>
      )}
      <dl class="facts">
        <Fact name="Time" value={durationWords(durationMs)} />
        <Fact name="Cost" value={costWords(costUsd) || 'nothing'} />
        <Fact name="Tokens" value={`${tokenWords(inputTokens)} in, ${tokenWords(outputTokens)} out`} />
      </dl>
      <ReceiptActions receipt={receipt} />
    </>
  );
}

function FileLine({ file, cwd }: { file: ChangedFile; cwd: string }) {
  const { head, tail } = partsOfPath(shownPath(file.path, cwd));
  return (
    <li dir="ltr">
      <span class="path">
        {head}
        <b>{tail}</b>
      </span>
      {file.isNew && <span class="new">new</span>}
      <span class="changes">
        {(file.added ?? 0) > 0 && <span class="added">+{file.added}</span>}{' '}
        {(file.removed ?? 0) > 0 && <span class="removed">−{file.removed}</span>}
      </span>
    </li>
  );
}

function CommandLine({ command: { command, failed } }: { command: RanCommand }) {
  return (
    <li dir="ltr" class={failed ? 'failed' : undefined}>
      <code>{command}</code>
      <span class="ended">
        <span aria-hidden="true">{failed ? '✗' : '✓'}</span>
        <span class="spoken">{failed ? 'failed' : 'went well'}</span>
      </span>
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
