// An app that a preview's door is tried against: it tells what it was sent, and says what no page should be able to say.
const { createHash } = require('node:crypto');
const { createServer } = require('node:http');

const routes = {
  '/echo': (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const told = { method: request.method, url: request.url, raw: request.rawHeaders, bytes: body.length };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(told));
    });
  },
  '/hostile': (_request, response) => {
    const { port } = server.address();
    response.writeHead(200, [
      ...[
        'Content-Type',
        'text/html',
        'Set-Cookie',
        'app=ok; Path=/',
        'Set-Cookie',
        'wide=1; Domain=localhost',
      ],
      ...[
        'Set-Cookie',
        '__Host-plt-preview-47100=stolen; Path=/; Secure',
        'Set-Cookie',
        'plt_session=stolen',
      ],
      ...['Set-Cookie', '=__Host-plt-preview-47100=stolen', 'Clear-Site-Data', '"cookies", "storage"'],
      ...[
        'Strict-Transport-Security',
        'max-age=31536000',
        'NEL',
        '{}',
        'Report-To',
        '{}',
        'Reporting-Endpoints',
        'a="b"',
      ],
      ...[
        'Alt-Svc',
        'h3=":47000"',
        'X-Frame-Options',
        'DENY',
        'Connection',
        'X-Hop',
        'X-Hop',
        '1',
        'Trailer',
        'X-Late',
      ],
      ...[
        'Access-Control-Allow-Private-Network',
        'true',
        'Access-Control-Allow-Origin',
        `http://localhost:${port}`,
      ],
    ]);
    response.end('<p>hostile');
  },
  '/away': (_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${server.address().port}/echo` }).end(),
  '/events': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: first\n\n');
  },
  '/broken': (_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
  },
  '/page': (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html><head><title>page</title></head><body>é</body></html>');
  },
  '/large': (request, response) => {
    const [, from = '0'] = /bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
    const size = 50 * 2 ** 20 - Number(from);
    response.writeHead(request.headers.range ? 206 : 200, { 'content-length': size });
    const chunk = Buffer.alloc(2 ** 16, 'x');
    let left = size;
    const more = () => {
      while (left > 0) {
        const part = chunk.subarray(0, Math.min(left, chunk.length));
        left -= part.length;
        if (!response.write(part)) return response.once('drain', more);
      }
      response.end();
    };
    more();
  },
};

const server = createServer((request, response) => {
  const route = routes[request.url.split('?')[0]];
  if (route) route(request, response);
  else response.writeHead(404).end('none');
});

// A WebSocket that sends back every frame as it came, as far as a test needs it, and tells its headers first.
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  const head = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
  ];
  if (request.headers['sec-websocket-protocol'])
    head.push(`Sec-WebSocket-Protocol: ${request.headers['sec-websocket-protocol'].split(',')[0]}`);
  head.push('Set-Cookie: plt=stolen', 'Set-Cookie: ws=ok');
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const say = (opcode, bytes) => {
    const length = bytes.length < 126 ? [bytes.length] : [126, bytes.length >> 8, bytes.length & 255];
    socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...length]), bytes]));
  };
  say(1, Buffer.from(JSON.stringify(request.rawHeaders)));
  socket.on('error', () => {});
  socket.on('data', (data) => {
    const opcode = data[0] & 15;
    const short = data[1] & 127;
    const at = short === 126 ? 4 : 2;
    const length = short === 126 ? data.readUInt16BE(2) : short;
    const mask = data.subarray(at, at + 4);
    const bytes = Buffer.from(
      data.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ mask[index % 4]),
    );
    say(opcode, bytes);
    if (opcode === 8) socket.end();
  });
});

server.listen(0, '127.0.0.1', () => console.log(`ready on http://localhost:${server.address().port}/`));
