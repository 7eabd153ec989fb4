// The text of the desktop's autostart entry. It has the terminal's own command do the start, so that the tray's surroundings are
// those of the desktop session. Pure.
import type { DaemonLine } from './login-service.ts';

export function autostartEntry({ node, program, home, path }: DaemonLine): string {
  const command = ['/usr/bin/env', `PATH=${path}`, node, program, 'start', '--quiet', '--home', home];
  return `${[
    '[Desktop Entry]',
    'Type=Application',
    'Name=Porchlight',
    'Comment=Your own Claude Code, from your phone',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'StartupNotify=false',
    'NoDisplay=true',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')}`;
}

/**
 * As the Desktop Entry Specification 1.5 reads `Exec`: inside quotes a backslash before `"`, backtick, `$` and itself, `%` doubled;
 * and then, as in every string of the file, each backslash doubled.
 */
function quoted(word: string): string {
  const inQuotes = word.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`;
}
