// Colours for a terminal and for nobody else: NO_COLOR takes them away, FORCE_COLOR gives them (https://no-color.org,
// https://force-color.org). Pure.
import type { Environment } from './environment.ts';

const styles = { bold: [1, 22], soft: [2, 22], good: [32, 39], warn: [33, 39], bad: [31, 39] } as const;

export type Style = keyof typeof styles | 'plain';
export type Paint = (style: Style, text: string) => string;

export function paintFor({ env, isTerminal }: Pick<Environment, 'env' | 'isTerminal'>): Paint {
  const isWanted = wantsColours(env, isTerminal);
  return (style, text) => {
    if (style === 'plain') return text;
    const [on, off] = styles[style];
    return isWanted && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}

function wantsColours(env: Environment['env'], isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
