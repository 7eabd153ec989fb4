// A tiny MCP server over stdio, for tests: one tool that answers with what it was given, one that fails. Speaks as much of the
// protocol as `claude` asks for; no packages, so that it runs from any folder.
import { createInterface } from 'node:readline';

const tools = [
  {
    name: 'echo',
    description: 'Says it again',
    inputSchema: { type: 'object', properties: { words: { type: 'string' } } },
  },
  { name: 'fail', description: 'Fails', inputSchema: { type: 'object', properties: {} } },
];

function resultOf({ method, params }) {
  switch (method) {
    case 'initialize':
      return {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: 'parrot', version: '1.0.0' },
      };
    case 'tools/list':
      return { tools };
    case 'tools/call':
      return params.name === 'fail'
        ? { content: [{ type: 'text', text: 'It failed.' }], isError: true }
        : { content: [{ type: 'text', text: `Said again: ${params.arguments.words}` }] };
    default:
      return {};
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.id === undefined) continue;
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, result: resultOf(request) })}\n`);
}
