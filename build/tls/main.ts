// `npm run tls`: testssl.sh and sslscan look at the built daemon at the level where phones trust its authority, and first at a server
// that does everything wrong, which they must find out. Ends with 1 at any weakness. Takes some minutes; needs a build.
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { startTestDaemon } from '../../daemon/testing/test-daemon.ts';
import { letPass, weaknesses, weaknessesInText } from './judge.ts';
import { sslscan, testssl } from './scan.ts';
import { startWeakServer } from './weak-server.ts';

const weak = await startWeakServer();
const planted = {
  testssl: weaknesses((await testssl({ ...weak, only: ['--protocols', '--server-defaults'] })).findings),
  sslscan: weaknessesInText(await sslscan(weak.port)),
};
weak.close();
console.log(`weak server      testssl finds ${planted.testssl.length}, sslscan ${planted.sslscan.length}`);
if (planted.testssl.length === 0 || planted.sslscan.length === 0) {
  console.log('VIOLATION a server with every fault passed');
  process.exitCode = 1;
}

const daemon = await startTestDaemon();
try {
  await daemon.owner.run('certificate.use', { level: 'trusted' });
  const port = Number(new URL(daemon.url).port);
  const authority = join(daemon.home, 'tls', 'authority.pem');
  const { version, findings } = await testssl({ port, authority });
  const found = [...weaknesses(findings), ...weaknessesInText(await sslscan(port))];
  const rating = findings.filter(({ id }) => id === 'overall_grade' || id === 'final_score');
  console.log(`daemon           ${findings.length} findings by ${version}`);
  console.log(
    `rating           ${rating.map(({ finding }) => finding).join(' ') || 'this testssl gives none (3.2 does)'}`,
  );
  for (const line of letPass(findings)) console.log(`on purpose       ${line}`);
  console.log(`load average     ${loadavg()[0]?.toFixed(1)}`);
  for (const line of found) console.log(`VIOLATION ${line}`);
  if (found.length > 0 || findings.length < 50) process.exitCode = 1;
  else console.log('no weakness');
} finally {
  await daemon.close();
}
