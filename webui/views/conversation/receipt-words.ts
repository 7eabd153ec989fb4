// A turn that is over in one quiet line: what it changed and ran, how long it took, what it cost. Pure.
import type { ReceiptItem } from '../../../daemon/protocol/view.ts';
import { costWords, durationWords } from '../../time-words.ts';

type Told = Pick<ReceiptItem, 'outcome' | 'durationMs' | 'costUsd' | 'files' | 'commands' | 'origin'>;

const outcomes = {
  completed: '',
  stopped: 'Stopped',
  failed: 'Failed',
  interrupted: 'Interrupted',
} satisfies Record<ReceiptItem['outcome'], string>;

/** `Edited 4 files · ran 2 commands ✓ · 1 m 40 s · $0.12`. */
export function receiptWords(receipt: Told): string {
  const { outcome, durationMs, costUsd, origin } = receipt;
  const facts = [
    outcomes[outcome],
    origin === undefined ? '' : originWords(origin),
    filesWords(receipt),
    commandsWords(receipt),
    durationWords(durationMs),
    costWords(costUsd),
  ].filter(Boolean);
  const [first = '', ...rest] = facts;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' · ');
}

function filesWords({ files }: Told): string {
  if (files.length === 0) return '';
  const verb = files.every((file) => file.isNew) ? 'created' : 'edited';
  return `${verb} ${counted(files.length, 'file')}`;
}

/** The tick stands for all of them; when some failed, that is said in words. */
function commandsWords({ commands }: Told): string {
  if (commands.length === 0) return '';
  const failed = commands.filter((command) => command.failed).length;
  const ran = `ran ${counted(commands.length, 'command')}`;
  if (failed === 0) return `${ran} ✓`;
  return commands.length === 1 ? `${ran} ✗` : `${ran}, ${failed} failed`;
}

/** Nobody sent a message for this turn: why it began all the same. */
function originWords(origin: string): string {
  return origin === 'task-notification' ? 'after background work' : `by itself (${origin})`;
}

/** `1 file`, `4 files`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** `950`, `12k`, `1.2M`: as much of a number of tokens as a person needs. */
export function tokenWords(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  if (tokens < 999_500) return `${tokens < 9950 ? short(tokens / 1000) : Math.round(tokens / 1000)}k`;
  return `${short(tokens / 1_000_000)}M`;
}

function short(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
