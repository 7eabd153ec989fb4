#!/usr/bin/env node
// Behaves as ngrok and cloudflared do in what they print, by the name it is started under; nothing of it reaches the internet. What it
// was started with goes into the file `starts` beside it; a file `fails` there makes it fail as the real ones do, `silent` never tell an address.
import { appendFileSync, existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const [, path = '', ...args] = process.argv;
const via = basename(path);
const folder = dirname(path);
appendFileSync(join(folder, 'starts'), `${JSON.stringify({ via, pid: process.pid, args })}\n`);
const fails = existsSync(join(folder, 'fails'));
const silent = existsSync(join(folder, 'silent'));
const t = '2026-11-21T20:25:17+0000';

function ngrok() {
  const line = (facts) => process.stdout.write(`${JSON.stringify({ t, ...facts })}\n`);
  line({ lvl: 'info', msg: 'open config file', path: '/home/ana/.config/ngrok/ngrok.yml', err: null });
  if (silent) return;
  if (fails) {
    line({
      lvl: 'eror',
      msg: 'failed to reconnect session',
      obj: 'tunnels.session',
      err: 'authentication failed: Usage of ngrok requires a verified account and authtoken.',
    });
    process.stderr.write(
      'ERROR:  authentication failed: Usage of ngrok requires a verified account and authtoken.\n',
    );
    process.exit(1);
  }
  line({ lvl: 'info', msg: 'client session established', obj: 'tunnels.session' });
  line({
    lvl: 'info',
    msg: 'started tunnel',
    obj: 'tunnels',
    name: 'command_line',
    addr: args[1],
    url: 'https://quiet-lantern.ngrok-free.app',
  });
}

function cloudflared() {
  const line = (level, words) => process.stderr.write(`2026-11-21T20:25:17Z ${level} ${words}\n`);
  line(
    'INF',
    'Thank you for trying Cloudflare Tunnel. See https://developers.cloudflare.com/cloudflare-one/connections/connect-apps',
  );
  line('INF', 'Requesting new quick Tunnel on trycloudflare.com...');
  if (silent) return;
  if (fails) {
    process.stderr.write(
      'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com: no such host\n',
    );
    process.exit(1);
  }
  line('INF', `+${'-'.repeat(92)}+`);
  line(
    'INF',
    '|  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |',
  );
  line(
    'INF',
    '|  https://quiet-lantern-porch-home.trycloudflare.com                                         |',
  );
  line('INF', `+${'-'.repeat(92)}+`);
}

if (via === 'ngrok') ngrok();
else cloudflared();
setInterval(() => undefined, 1 << 30);
