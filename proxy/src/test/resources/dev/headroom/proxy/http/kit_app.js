// The compatibility kit's app on Node: the same paths as kit_app.py and KitServlet, and what only Node can do.
const http = require('http');
const zlib = require('zlib');

const LARGE = Buffer.from(Array.from({ length: 1000000 }, (_, i) => 97 + (i % 26)));
const PLAIN = { 'Content-Type': 'text/plain' };
let result = '';

const PAGE = `<!doctype html><title>kit</title><script>
const seen = [];
const events = new EventSource('/events');
events.onmessage = event => { seen.push(event.data); if (seen.length === 3) { events.close(); talk(); } };
function talk() {
  const socket = new WebSocket('ws://' + location.host + '/ws');
  socket.onopen = () => socket.send('hello from the page');
  socket.onmessage = message => { seen.push(message.data); socket.close(1000); };
  socket.onclose = close => fetch('/result', { method: 'POST', body: JSON.stringify([seen, close.code]) });
}
</script>`;

const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://kit');
  const answer = (status, headers, body) => {
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
  };
  const read = then => {
    const parts = [];
    request.on('data', part => parts.push(part)).on('end', () => then(Buffer.concat(parts)));
  };
  switch (url.pathname) {
    case '/small': return answer(200, { ...PLAIN, ETag: '"1"' }, 'hello');
    case '/large': return answer(200, PLAIN, LARGE);
    case '/chunked':
      response.writeHead(200, PLAIN);
      for (let i = 0; i < LARGE.length; i += 9973) response.write(LARGE.subarray(i, i + 9973));
      return response.end();
    case '/echo': return read(body => answer(200, PLAIN, Buffer.concat([Buffer.from(`${body.length} `), body])));
    case '/empty': response.writeHead(204); return response.end();
    case '/missing': return answer(404, PLAIN, 'not here');
    case '/broken': return answer(500, PLAIN, 'broken');
    case '/moved': return answer(302, { Location: '/small' }, '');
    case '/cookies': return answer(200, { ...PLAIN, 'Set-Cookie': ['a=1; Path=/', 'b=2'] }, '');
    case '/gzip':
      return answer(200, { ...PLAIN, 'Content-Encoding': 'gzip' }, zlib.gzipSync('compressed '.repeat(1000)));
    case '/range': {
      const [first, last] = request.headers.range.split('=')[1].split('-').map(Number);
      const part = { 'Content-Range': `bytes ${first}-${last}/${LARGE.length}` };
      return answer(206, { ...PLAIN, ...part }, LARGE.subarray(first, last + 1));
    }
    case '/events':
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (let i = 0; i < 3; i++) response.write(`id: ${i}\ndata: event ${i}\n\n`);
      return response.end();
    case '/hints':
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      return answer(200, PLAIN, 'hinted');
    case '/trailers':
      return read(body => {
        response.writeHead(200, { ...PLAIN, Trailer: 'X-Sum' });
        response.write(body);
        response.addTrailers({ 'X-Sum': String(body.length), 'X-Seen': request.trailers['x-client'] || '-' });
        response.end();
      });
    case '/page': return answer(200, { 'Content-Type': 'text/html' }, PAGE);
    case '/result': return read(body => { result = body.toString(); answer(200, PLAIN, ''); });
    case '/results': return answer(200, PLAIN, result);
    default:
      return answer(200, PLAIN, [request.method, url.pathname, url.search.slice(1), request.headers['x-test'] || '-'].join('|'));
  }
});
server.on('checkContinue', (request, response) => { response.writeContinue(); server.emit('request', request, response); });
try {
  const { WebSocketServer } = require('ws');
  new WebSocketServer({ server, path: '/ws', maxPayload: 1 << 24 }).on('connection', socket => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
} catch {
  server.on('upgrade', (request, socket) => socket.destroy());
}
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
