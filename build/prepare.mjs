// What `npm start` and `npm run demo` need before anything can run: a Node.js that is new enough, the packages, a build. Plain
// JavaScript with built-ins only: a fresh clone has nothing else. Ends the process when it cannot be had.
import { isBuilt } from './freshness.mjs';
import { install } from './install.mjs';
import { quietly } from './quietly.mjs';

const oldestNode = [20, 19];

/** @param {string} root */
export async function prepare(root) {
  requireNode();
  try {
    await install(root);
    if (isBuilt(root)) return;
    console.log('building ...');
    await quietly(root, process.execPath, ['build/run.mjs', 'build/bundle.ts']);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `Porchlight needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`,
  );
  process.exit(6);
}
