import { expect, test } from 'vitest';
import { homesIn } from './other-homes.ts';

test('homes are found in a list of processes, those of this program only', () => {
  const program = '/opt/lib/node_modules/porchlight/dist/porchlight.js';
  const processes = [
    `/usr/bin/node ${program} serve --json --home /home/ada/.porchlight`,
    `/usr/bin/node ${program} serve --json --home /home/ada/for work --port 47001   `,
    `/usr/bin/node ${program} start --home /home/ada/no-daemon`,
    '/usr/bin/node /src/porchlight/dist/porchlight.js serve --json --home /home/ada/sources',
    'vi serve',
  ].join('\n');
  expect(homesIn(processes, program)).toEqual(['/home/ada/.porchlight', '/home/ada/for work']);
});
