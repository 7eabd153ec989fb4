// For `node --import`: a computer that joins other networks. Besides its loopback it has the IPv4 addresses that stand in the
// file PORCHLIGHT_TEST_ADDRESSES, one a line, perhaps with the name of an interface behind it, at every moment; nothing about the real interfaces changes.
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

const real = os.networkInterfaces;
os.networkInterfaces = () => {
  const own = Object.entries(real()).map(([name, all]) => [name, all?.filter(({ internal }) => internal)]);
  const lines = readFileSync(process.env['PORCHLIGHT_TEST_ADDRESSES'] ?? '', 'utf8').split('\n');
  const interfaces = Object.fromEntries([...own, ['eth7', []]]);
  for (const [address, name = 'eth7'] of lines.filter(Boolean).map((line) => line.split(' '))) {
    const shape = { netmask: '255.255.255.0', family: 'IPv4', mac: '02:00:00:00:00:01', internal: false };
    interfaces[name] = [...(interfaces[name] ?? []), { address, ...shape, cidr: `${address}/24` }];
  }
  return interfaces;
};
syncBuiltinESMExports();
