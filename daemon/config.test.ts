// Where settings come from, and what `claude` gets of the environment.
import { expect, test } from 'vitest';
import { checkSetting, claudeEnvironment, defaultPort, describe, resolveConfig } from './config.ts';

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

test('what somebody says on the command line becomes a value, or is refused with what it has to be', () => {
  const said = (name: 'quietHours' | 'allowBypass' | 'maxRuns' | 'certificate', text: string) =>
    describe(name).form.fromText(text);
  expect(said('quietHours', '22:00-07:00')).toEqual({ from: '22:00', to: '07:00' });
  expect([said('allowBypass', 'on'), said('maxRuns', '4')]).toEqual([true, 4]);
  for (const [name, text] of [
    ['quietHours', '25:00-07:00'],
    ['allowBypass', 'perhaps'],
    ['maxRuns', ''],
    ['certificate', '{'],
  ] as const)
    expect(() => checkSetting(name, said(name, text))).toThrow(`${name} has to be`);
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
