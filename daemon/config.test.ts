// Where settings come from, and what `claude` gets of the environment.
import { expect, test } from 'vitest';
import { claudeEnvironment, defaultPort, resolveConfig } from './config.ts';

test('the command line wins over the environment, that over the file, that over the defaults', () => {
  const env = { PORCHLIGHT_PORT: '2', PORCHLIGHT_IDLE_MINUTES: '5' };
  expect(resolveConfig({ file: { port: 1, host: '127.0.0.1' }, env, args: { port: 3 } })).toMatchObject({
    port: 3,
    host: '127.0.0.1',
    idleMinutes: 5,
    allowBypass: false,
  });
  expect(resolveConfig({ file: {}, env: {}, args: {} }).port).toBe(defaultPort);
});

test('a variable that makes no sense is named', () => {
  const read = () => resolveConfig({ file: {}, env: { PORCHLIGHT_PORT: 'many' }, args: {} });
  expect(read).toThrow('PORCHLIGHT_PORT=many is not a valid port.');
});

test('claude gets the person’s environment, without Porchlight’s own and without what npm added', () => {
  const path =
    '/home/ana/porchlight/node_modules/.bin:/home/node_modules/.bin:/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin:/usr/bin';
  const env = {
    PATH: path,
    HOME: '/home/ana',
    ANTHROPIC_BASE_URL: 'x',
    PORCHLIGHT_HOME: '/p',
    npm_lifecycle_event: 'start',
  };
  expect(claudeEnvironment(env)).toEqual({ PATH: '/usr/bin', HOME: '/home/ana', ANTHROPIC_BASE_URL: 'x' });
  expect(claudeEnvironment({ PATH: '/home/ana/app/node_modules/.bin:/bin' })).toEqual({
    PATH: '/home/ana/app/node_modules/.bin:/bin',
  });
});
