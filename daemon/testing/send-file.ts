// Sending a file to a daemon as a phone does it: announce, add pieces, ask how far it is. A connection can be cut on purpose.
import { request } from 'node:https';
import { announceUpload, offsetHeader, pathOfUpload, type UploadPlace } from '../protocol/uploads.ts';
import type { DaemonClient } from './daemon-client.ts';

interface Answer {
  readonly status: number;
  /** -1 when the answer does not say. */
  readonly offset: number;
  readonly body: {
    ok?: boolean;
    result?: Record<string, unknown>;
    error?: { code: string; message: string };
  };
}

/** Gives the id, or the refusal's code. */
export async function announce(
  client: DaemonClient,
  file: { conversationId: string; name: string; size: number },
): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const options = { method: 'POST', headers, body: JSON.stringify(file) };
  const reply = JSON.parse((await client.fetch(announceUpload.path, options)).body);
  return reply.ok ? reply.result.uploadId : reply.error.code;
}

/** With `cutAt` so many bytes go out, and then the connection breaks; the answer is undefined. */
export function sendPart(
  { url, token, ca }: DaemonClient,
  place: UploadPlace,
  part: { offset: number; bytes: Uint8Array; cutAt?: number },
): Promise<Answer | undefined> {
  const { offset, bytes, cutAt } = part;
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/offset+octet-stream',
    'content-length': bytes.length,
    [offsetHeader]: offset,
  };
  return new Promise((resolve, reject) => {
    const options = { method: 'PATCH', ca, servername: 'localhost', headers, agent: false } as const;
    const call = request(new URL(pathOfUpload(place), url), options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        resolve({ status: response.statusCode ?? 0, offset: numberIn(response.headers), body });
      });
    });
    call.once('error', (error) => (cutAt === undefined ? reject(error) : resolve(undefined)));
    if (cutAt === undefined) call.end(bytes);
    else call.write(bytes.subarray(0, cutAt), () => call.destroy());
  });
}

/** -1 when the computer knows nothing of it. */
export async function offsetOf(client: DaemonClient, place: UploadPlace): Promise<number> {
  return numberIn((await client.fetch(pathOfUpload(place), { method: 'HEAD' })).headers);
}

/** The whole way at once. */
export async function sendFile(
  client: DaemonClient,
  file: { conversationId: string; name: string; bytes: Uint8Array },
): Promise<string> {
  const { conversationId, name, bytes } = file;
  const uploadId = await announce(client, { conversationId, name, size: bytes.length });
  const answer = await sendPart(client, { conversationId, uploadId }, { offset: 0, bytes });
  if (!answer?.body.ok) throw new Error(`${name}: ${JSON.stringify(answer?.body)}`);
  return uploadId;
}

function numberIn(headers: Readonly<Record<string, string | string[] | undefined>>): number {
  return Number(headers[offsetHeader.toLowerCase()] ?? -1);
}
