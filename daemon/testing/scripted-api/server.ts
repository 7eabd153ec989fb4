// The scripted Messages API: a loopback HTTP server that the real, unmodified `claude` talks to instead of
// Anthropic's. It must never listen on anything but 127.0.0.1, and it keeps no state outside this process.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { createGates } from './gates.ts';
import { type MessagesBody, parseMessagesBody } from './messages.ts';
import { type ChooseScript, type Script, type Scripts, type Step, type Turn, pickTurn } from './pick.ts';
import { type Reply, isErrorReply, text } from './replies.ts';
import { builtInScripts } from './scripts.ts';
import { countTokens, sideReply } from './side-requests.ts';
import { sendError, sendJson, sendMessage } from './stream.ts';

/** One request as it came. */
export interface ApiRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Present for `POST /v1/messages`. */
  readonly body?: MessagesBody;
  /** Present when a script answered; absent for the CLI's side requests. */
  readonly picked?: Pick<Turn, 'name' | 'args' | 'step' | 'attempt' | 'words'>;
}

export interface ScriptedApi {
  /** For ANTHROPIC_BASE_URL. */
  readonly url: string;
  /** All requests, oldest first; grows while the server runs. */
  readonly requests: readonly ApiRequest[];
  /** Adds the script `name`, or replaces it. */
  script(name: string, steps: Script): void;
  /** Lets the reply that waits at `hold(gate)` go on; if none waits, the next one passes at once. */
  release(gate: string): void;
  /** Resolves when a reply waits at `hold(gate)`. Never settles if none comes. */
  waiting(gate: string): Promise<void>;
  /** Ends all replies and stops listening. */
  close(): Promise<void>;
}

export interface ScriptedApiOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Beside the built-in ones; the same name replaces a built-in one. */
  readonly scripts?: Scripts;
  /** Names the script for a message without a keyword. Default: none, the words are echoed. */
  readonly chooseScript?: ChooseScript;
  /** Answers when no script fits or the script has no more steps. */
  readonly finish?: Step;
}

const plainFinish: Step = ({ name, words, notice }) => [
  // In one piece: a path that is cut could not be made neutral in a recorded session.
  text(name !== undefined ? `done: ${name}` : `echo: ${(notice ?? words).trim().slice(-300)}`, {
    chunk: 1000,
  }),
];

export async function startScriptedApi(options: ScriptedApiOptions = {}): Promise<ScriptedApi> {
  const { port = 0, chooseScript = () => undefined, finish = plainFinish } = options;
  const scripts: Record<string, Script> = { ...builtInScripts, ...options.scripts };
  const requests: ApiRequest[] = [];
  const timesAsked = new Map<string, number>();
  const gates = createGates();

  const attemptOf = (headers: IncomingHttpHeaders, body: MessagesBody): number => {
    const state = createHash('sha256')
      .update(String(headers['x-claude-code-session-id']))
      .update(JSON.stringify(body.raw['messages']))
      .digest('hex');
    const attempt = timesAsked.get(state) ?? 0;
    timesAsked.set(state, attempt + 1);
    return attempt;
  };

  const answerMessages = async (
    raw: string,
    request: ApiRequest,
    response: ServerResponse,
  ): Promise<void> => {
    const body = parseMessagesBody(JSON.parse(raw));
    const send = async (reply: Reply): Promise<void> => {
      if (isErrorReply(reply)) return sendError(response, reply);
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      await sendMessage(reply, { response, body, gates, gone: gone.signal });
    };
    const side = sideReply(body);
    if (side !== undefined) {
      requests.push({ ...request, body });
      return send(side);
    }
    const turn = { ...pickTurn(body, scripts, chooseScript), attempt: attemptOf(request.headers, body) };
    const { name, args, step, attempt, words } = turn;
    requests.push({ ...request, body, picked: { name, args, step, attempt, words } });
    const answer = (name === undefined ? undefined : scripts[name]?.[step]) ?? finish;
    await send(answer(turn));
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await readText(incoming);
    const { method = '', url = '/', headers } = incoming;
    const request = { method, path: url.split('?', 1)[0] ?? '/', headers };
    if (`${method} ${request.path}` === 'POST /v1/messages') return answerMessages(raw, request, response);
    requests.push(request);
    if (method === 'HEAD') response.writeHead(200).end();
    else if (request.path === '/v1/messages/count_tokens') sendJson(response, 200, countTokens(raw));
    else if (request.path === '/v1/models') sendJson(response, 200, { data: [], has_more: false });
    else
      sendError(response, {
        status: 404,
        type: 'not_found_error',
        message: `no ${request.path}`,
        headers: {},
      });
  };

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      const message = `The script failed: ${error instanceof Error ? error.message : String(error)}`;
      if (response.headersSent) response.destroy();
      else sendError(response, { status: 400, type: 'invalid_request_error', message, headers: {} });
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    script: (name, steps) => {
      scripts[name] = steps;
    },
    release: gates.release,
    waiting: gates.waiting,
    close: async () => {
      if (!server.listening) return;
      gates.openAll();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
