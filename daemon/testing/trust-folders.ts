// Trusts folders as a person does on the phone: after a look at what they bring along.
import type { TestDaemon } from './test-daemon.ts';

export async function trustFolders({ client }: TestDaemon, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const { brings } = await client.command('folder.inspect', { path });
    await client.command('folder.trust', { path, brings });
  }
}
