// One run of `claude`, spoken to over its stdin and heard through its spool: implements the ClaudeSession port.
// Translation starts at the spool's first byte each time; what is already in the log is passed over.
import type { Clock, Logger, Run } from '../ports.ts';
import type { ClaudeSession, PermissionAnswer, SourcedDraft } from '../ports/claude.ts';
import type { Catalog } from '../protocol/catalog.ts';
import type { UploadFiles } from '../ports/uploads.ts';
import { createBatches } from './batches.ts';
import { parseContextUsage } from './context-usage.ts';
import { createControl } from './control.ts';
import { type CliLine, type ControlRequest, parseCliLine } from './cli-lines.ts';
import { learnCatalog } from './learned-catalog.ts';
import { messageContent } from './message-content.ts';
import { readFiles } from './read-files.ts';
import { translate } from './translate.ts';
import { startTranslation } from './translation.ts';

/** Between SIGTERM and SIGKILL, ms. */
const killGrace = 5000;

export function openSession(options: {
  run: Run;
  clock: Clock;
  logger: Logger;
  uploadFiles: UploadFiles;
  /** Called with each new list of what the run has. */
  learned?: (catalog: Catalog) => void;
}): ClaudeSession {
  const { run, clock, logger } = options;
  const reading = new AbortController();

  const send = (line: unknown) => run.write(JSON.stringify(line));
  const { request, answered, close } = createControl({ send, clock });
  const catalog = learnCatalog({ request, learned: options.learned ?? (() => {}) });

  function notice(line: CliLine): void {
    if (line.type === 'system' && line.subtype === 'commands_changed' && Array.isArray(line['commands'])) {
      catalog.changed(line['commands']);
    }
    if (line.type === 'control_response') answered(line.response);
    if (line.type === 'control_request' && line.request.subtype !== 'can_use_tool') void refuse(line);
  }

  /** What the CLI may ask of a host that Porchlight is not: it gets a clear no, so that it does not wait. */
  async function refuse({ request_id, request }: ControlRequest): Promise<void> {
    const error = `Porchlight does not answer ${request.subtype}`;
    await send({ type: 'control_response', response: { subtype: 'error', request_id, error } }).catch(
      (reason: unknown) => logger.warn('could not refuse a request of the CLI', { reason: String(reason) }),
    );
  }

  async function* translated(after: number): AsyncGenerator<readonly SourcedDraft[]> {
    let state = startTranslation();
    for await (const { text, end } of run.lines(0, reading.signal)) {
      if (text.trim() === '') continue;
      const line = parseCliLine(text);
      const source = { runId: run.runId, offset: end };
      if ('kept' in line) {
        if (end > after) yield [{ type: 'line.kept', line: line.kept, source }];
        continue;
      }
      const translation = translate(state, line.known);
      state = translation.state;
      if (end <= after) continue;
      notice(line.known);
      if (translation.events.length === 0) continue;
      const drafts: SourcedDraft[] = translation.events.map((draft) => ({ ...draft, source }));
      const [first, ...rest] = drafts;
      const { pictures } = translation;
      yield pictures && first ? [{ ...first, pictures }, ...rest] : drafts;
    }
    close();
  }

  return {
    runId: run.runId,
    exited: run.exited,
    async send({ messageId, text, attachments = [] }) {
      const files = await readFiles(attachments, options.uploadFiles, run.conversationId);
      const message = { role: 'user', content: messageContent(text, files) };
      return send({ type: 'user', message, parent_tool_use_id: null, uuid: messageId });
    },
    request,
    catalog: catalog.get,
    contextUsage: async () => parseContextUsage(await request({ subtype: 'get_context_usage' })),
    async interrupt() {
      await request({ subtype: 'interrupt' });
    },
    async configure({ mode, model, effort }) {
      if (mode !== undefined) await request({ subtype: 'set_permission_mode', mode });
      if (model !== undefined) await request({ subtype: 'set_model', ...(model === null ? {} : { model }) });
      if (effort !== undefined)
        await request({ subtype: 'apply_flag_settings', settings: { effortLevel: effort } });
    },
    answer(answer) {
      const response = { subtype: 'success', request_id: answer.requestId, response: answerBody(answer) };
      return send({ type: 'control_response', response });
    },
    events: (after) => createBatches(translated(after), clock),
    kill: () => run.kill(killGrace),
    detach() {
      close();
      reading.abort();
      run.detach();
    },
  };
}

/** `updatedInput` must be there: 2.1.197 takes an allow without it for a denial. */
function answerBody({ behavior, message, input, updatedPermissions }: PermissionAnswer): object {
  if (behavior === 'deny') return { behavior, message: message ?? 'The person said no.' };
  return { behavior, updatedInput: input, ...(updatedPermissions.length > 0 ? { updatedPermissions } : {}) };
}
