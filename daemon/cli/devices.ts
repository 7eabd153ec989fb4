// `porchlight devices`: who may come in, another name for one, and the way out.
import type { DeviceSummary } from '../protocol/lobby.ts';
import { scopeWords } from '../protocol/scope-words.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { oneLine } from './one-line.ts';
import { connectPrivately } from './private-client.ts';

const shortId = 8;

export async function listDevices(
  { print, env }: Environment,
  options: { home: string; json: boolean },
): Promise<void> {
  const client = await connectPrivately(options.home, env);
  const { devices } = await client.run('device.list', {});
  if (options.json) return print(JSON.stringify({ devices }));
  if (devices.length === 0) return print('Nobody may come in yet. Pair a phone with: porchlight pair');
  for (const device of devices) print(deviceLine(device));
}

export async function renameDevice(
  { print, env }: Environment,
  options: { home: string; device: string; name: string },
): Promise<void> {
  const client = await connectPrivately(options.home, env);
  const { devices } = await client.run('device.list', {});
  const { deviceId, label } = findDevice(devices, options.device);
  await client.run('device.rename', { deviceId, label: options.name });
  print(`“${oneLine(label)}” is called “${oneLine(options.name)}” now.`);
}

export async function revokeDevice(
  { print, env }: Environment,
  options: { home: string; device: string },
): Promise<void> {
  const client = await connectPrivately(options.home, env);
  const { devices } = await client.run('device.list', {});
  const { deviceId, label } = findDevice(devices, options.device);
  await client.run('device.revoke', { deviceId });
  print(`“${oneLine(label)}” is shut out.`);
}

function deviceLine({ deviceId, label, kind, scopes, usedAt, address }: DeviceSummary): string {
  const what = { phone: 'phone', computer: 'browser of this computer', token: 'API token' }[kind];
  const used =
    usedAt === undefined
      ? 'never used'
      : `used ${new Date(usedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC from ${address ?? 'somewhere'}`;
  return `${deviceId.slice(0, shortId)}  ${oneLine(label)}\n          ${what}, may ${scopeWords(scopes)}, ${used}`;
}

/** By name, by id, or by the beginning of it, as long as that fits one only. */
export function findDevice(devices: readonly DeviceSummary[], wanted: string): DeviceSummary {
  const byId = devices.filter(({ deviceId }) => wanted.length >= 4 && deviceId.startsWith(wanted));
  const fitting = byId.length > 0 ? byId : devices.filter(({ label }) => label === wanted);
  const [device] = fitting;
  if (device && fitting.length === 1) return device;
  const sentence = device
    ? `There are ${fitting.length} devices “${wanted}”. Say its id instead (porchlight devices shows it).`
    : `There is no device “${wanted}”. Those that there are: porchlight devices`;
  throw new CliError(exitCodes.failed, sentence);
}
