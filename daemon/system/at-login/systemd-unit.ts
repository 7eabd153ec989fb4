// The text of the systemd user unit. Pure.
import type { DaemonLine } from './login-service.ts';

/**
 * `knowsSteps`: systemd is 254 or newer and can wait longer after each failure. Older ones wait evenly, and give up after ten in ten
 * minutes.
 */
export function systemdUnit(line: DaemonLine, { knowsSteps }: { knowsSteps: boolean }): string {
  const { node, program, home, path } = line;
  const command = [node, program, 'serve', '--json', '--home', home].map(commandWord).join(' ');
  const backOff = knowsSteps
    ? ['RestartSec=1', 'RestartSteps=8', 'RestartMaxDelaySec=300']
    : ['RestartSec=2'];
  return `${[
    '[Unit]',
    'Description=Porchlight: your own Claude Code, from your phone',
    ...(knowsSteps ? ['StartLimitIntervalSec=0'] : ['StartLimitIntervalSec=600', 'StartLimitBurst=10']),
    '',
    '[Service]',
    'Type=exec',
    `ExecStart=${command}`,
    `Environment=${quoted(`PATH=${path}`)}`,
    'UMask=0077',
    'Restart=on-failure',
    ...backOff,
    '# Wrong settings, another daemon in its place, a folder that cannot be used: trying again mends none of them.',
    'RestartPreventExitStatus=2 4 5 6',
    '# Claude works on while Porchlight stops or starts anew.',
    'KillMode=process',
    'TimeoutStopSec=60',
    '# A Claude that has to go for want of memory takes nobody with it.',
    'OOMPolicy=continue',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n')}`;
}

/** As systemd.service(5) reads a word of a command: `$` would be a variable. */
function commandWord(word: string): string {
  return quoted(word).replaceAll('$', '$$$$');
}

/** As systemd.syntax(7) reads any word: quotes and backslashes, and `%` for specifiers. */
function quoted(word: string): string {
  return `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;
}
