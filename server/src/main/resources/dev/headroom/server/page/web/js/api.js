// Asks the server, or the data that a single-file report carries.
import { useEffect, useState } from 'headroom/ui';

const element = document.getElementById('headroom-data');
const embedded = element ? JSON.parse(element.textContent) : null;

/** Whether this is a single file without a server behind it. */
export const offline = embedded !== null;

export async function ask(path, parameters = {}) {
  if (offline) return fromFile(path, parameters);
  const kept = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const query = new URLSearchParams(kept).toString();
  return read(fetch(`api/${path}${query ? '?' + query : ''}`));
}

/** The server is gone, or went away in the middle of an answer. */
class Unreachable extends Error {}

async function read(asked) {
  const response = await asked.catch(() => { throw new Unreachable('Its server cannot be reached: the headroom that served this page may have ended.'); });
  const body = await response.json().catch(error => {
    if (error instanceof SyntaxError) return null;
    throw new Unreachable('The answer broke off.');
  });
  if (!response.ok) throw new Error((body && body.error) || `The server answered ${response.status}.`);
  if (body === null) throw new Error('The answer is none of this page.');
  return body;
}

/** Asks for what makes the server work; `word` shows that the page asks. */
export async function post(path, word) {
  return read(fetch(`api/${path}`, { method: 'POST', headers: { 'Headroom-Page': word } }));
}

function fromFile(path, parameters) {
  if (path.endsWith('/requests')) {
    const field = { time: 'nanos', start: 't' }[parameters.sort || 'time'] || parameters.sort;
    const all = embedded[path].requests.filter(each => !parameters.operation || each.operation === parameters.operation)
      .sort((a, b) => b[field] - a[field]);
    const offset = Number(parameters.offset) || 0;
    return { total: all.length, offset, requests: all.slice(offset, offset + 50) };
  }
  const found = embedded[path];
  if (found === undefined) {
    throw new Error('This file holds only the requests that matter most. Ask the recording itself: headroom open FILE');
  }
  return found;
}

const RECONNECT_MILLIS = 3000;
const listeners = new Set();
let stream = null;
let connected = true;

/** Calls back with true whenever the server says that a recording has news, or can be reached again, and with false when it can't; returns how to stop. */
function onNews(callback) {
  listeners.add(callback);
  if (!stream && !offline) listen();
  return () => listeners.delete(callback);
}

function listen() {
  stream = new EventSource('api/live');
  const tell = (now, news) => {
    const changed = now !== connected;
    connected = now;
    if (news || changed) listeners.forEach(each => each(now));
  };
  stream.addEventListener('news', () => tell(true, true));
  stream.onopen = () => tell(true, false);
  stream.onerror = () => {
    tell(false, false);
    // a browser tries again by itself where nobody answered, not where the answer was a wrong one
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, RECONNECT_MILLIS);
  };
}

/** Whether the server can be reached. */
export function useConnected() {
  const [now, setNow] = useState(connected);
  useEffect(() => onNews(setNow), []);
  return now;
}

/** The answer to a question: kept while a newer one is on its way, asked again when there is news, unless it is fixed. */
export function useAnswer(path, parameters = {}, fixed = false) {
  const key = JSON.stringify([path, parameters]);
  const [state, setState] = useState({ key: null, data: null, error: null });
  const [turn, setTurn] = useState(0);
  const again = () => setTurn(before => before + 1);
  useEffect(() => fixed ? undefined : onNews(reached => reached && again()), [fixed]);
  useEffect(() => {
    let current = true;
    ask(path, parameters).then(
      data => current && setState({ key, data, error: null }),
      // what was known stays while nobody can be asked
      error => current && setState(before => error instanceof Unreachable && before.key === key && before.data ? before : { ...before, key, error: error.message }));
    return () => { current = false; };
  }, [key, turn]);
  const same = state.key && JSON.parse(state.key)[0] === path;
  return { data: same ? state.data : null, error: state.key === key ? state.error : null, again };
}
