// Talks to the kit's Node app in all the ways that Node's own client and ws have, and prints what it got.
const http = require('http');

const base = process.argv[2];
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

function call(path, options = {}, body = []) {
  return new Promise((resolve, reject) => {
    const got = { path, hints: [], continued: false };
    const request = http.request(base + path, { agent, ...options }, response => {
      const parts = [];
      response.on('data', part => parts.push(part));
      response.on('end', () => {
        const { date, ...headers } = response.headers;
        Object.assign(got, {
          status: response.statusCode, version: response.httpVersion, headers, trailers: response.trailers,
          body: Buffer.concat(parts).toString('latin1'),
        });
        resolve(got);
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.on('information', info => got.hints.push([info.statusCode, info.headers.link]));
    request.on('continue', () => { got.continued = true; send(); });
    const send = () => {
      for (const part of body) request.write(part);
      if (options.trailers) request.addTrailers(options.trailers);
      request.end();
    };
    if ((options.headers || {}).Expect) request.flushHeaders(); else send();
  });
}

function talk() {
  const WebSocket = require('ws');
  return new Promise((resolve, reject) => {
    const got = [];
    const socket = new WebSocket(base.replace('http', 'ws') + '/ws');
    socket.on('error', reject);
    socket.on('open', () => {
      for (let i = 0; i < 500; i++) socket.send('message ' + i);
      socket.send(Buffer.alloc(1 << 20, 7));
      socket.send('frag', { fin: false });
      socket.send('mented', { fin: true });
      socket.ping('still there?');
    });
    socket.on('pong', data => { got.push('pong ' + data); socket.close(1000, 'done'); });
    socket.on('message', (data, binary) => got.push([binary, data.length, data.toString('latin1').slice(0, 20)]));
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString(), got }));
  });
}

(async () => {
  const calls = [];
  for (const path of ['/small', '/large', '/chunked', '/empty', '/missing', '/events', '/hints', '/cookies']) {
    calls.push(await call(path));
  }
  calls.push(...await Promise.all(Array.from({ length: 40 }, (_, i) => call('/seen?' + i, { headers: { 'X-Test': i } }))));
  const parts = Array.from({ length: 50 }, (_, i) => Buffer.alloc(10000, 97 + (i % 26)));
  calls.push(await call('/echo', { method: 'POST' }, parts));
  calls.push(await call('/echo', { method: 'PUT', headers: { 'Content-Length': 500000 } }, parts));
  calls.push(await call('/echo', { method: 'POST', headers: { Expect: '100-continue' } }, parts));
  calls.push(await call('/trailers', { method: 'POST', headers: { Trailer: 'X-Client', 'Transfer-Encoding': 'chunked' }, trailers: { 'X-Client': 'yes' } }, parts));
  agent.destroy();
  if (process.argv[3] === 'ws') calls.push(await talk());
  for (const got of calls) console.log(JSON.stringify(got));
})().catch(error => { console.error(error); process.exit(1); });
