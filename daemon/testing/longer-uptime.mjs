// Preloaded into a daemon under test: what the computer says of its time since boot is longer by what stands in a file, in ms, as
// after a sleep.
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

const file = process.env['PORCHLIGHT_TEST_UPTIME'] ?? '';
const real = os.uptime;
os.uptime = () => real() + Number(readFileSync(file, 'utf8')) / 1000;
syncBuiltinESMExports();
