// What Node itself refuses before there is a request: no HTTP, a head that is too large or too slow. Node's own words for it have none
// of the protecting headers. Must not answer twice, nor into an answer that is under way.
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../ports.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import { rawRefusal } from './errors.ts';

/**
 * Cookies know no ports: any page of another program on this computer can leave so many for its name that no request of the own
 * page's fits into a head any more. None of them is ours, so the browser is told to forget them, and to come again.
 */
const forgetCookies = ['Clear-Site-Data: "cookies"', 'Refresh: 1'];
const farewellMs = 1000;

export function answerBrokenRequests(server: Server, clock: Clock): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const isUnderWay: unknown = Reflect.get(Reflect.get(socket, '_httpMessage') ?? {}, '_headerSent');
    const code = codeOf(error.code);
    if (!code || !socket.writable || isUnderWay === true) return void socket.destroy();
    socket.end(rawRefusal(code, code === 'head_too_large' ? forgetCookies : []));
    socket.once(
      'close',
      clock.after(farewellMs, () => socket.destroy()),
    );
  });
}

/** Undefined for what went wrong below HTTP, where no words would be understood. */
function codeOf(code = ''): ErrorCode | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return 'head_too_large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too_slow';
  return code.startsWith('HPE_') ? 'bad_request' : undefined;
}
