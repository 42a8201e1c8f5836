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
  return read(await fetch(`api/${path}${query ? '?' + query : ''}`));
}

async function read(response) {
  const body = await response.json().catch(() => ({ error: `the server answered ${response.status}` }));
  if (!response.ok) throw new Error(body.error || `the server answered ${response.status}`);
  return body;
}

/** Asks for what makes the server work; `word` shows that the page asks. */
export async function post(path, word) {
  return read(await fetch(`api/${path}`, { method: 'POST', headers: { 'Headroom-Page': word } }));
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

let listeners = new Set();
let stream = null;

/** Calls back whenever the server says that a recording has news; returns how to stop. */
export function onNews(callback) {
  listeners.add(callback);
  if (!stream && !offline) {
    stream = new EventSource('api/live');
    stream.addEventListener('news', event => listeners.forEach(each => each(JSON.parse(event.data))));
    stream.onerror = () => listeners.forEach(each => each(null));
  }
  return () => listeners.delete(callback);
}

/** The answer to a question: kept while a newer one is on its way, asked again when there is news. */
export function useAnswer(path, parameters = {}) {
  const key = JSON.stringify([path, parameters]);
  const [state, setState] = useState({ key: null, data: null, error: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => onNews(news => news && setTurn(before => before + 1)), []);
  useEffect(() => {
    let current = true;
    ask(path, parameters).then(
      data => current && setState({ key, data, error: null }),
      error => current && setState(before => ({ ...before, key, error: error.message })));
    return () => { current = false; };
  }, [key, turn]);
  const same = state.key && JSON.parse(state.key)[0] === path;
  return { data: same ? state.data : null, error: state.key === key ? state.error : null,
    again: () => setTurn(before => before + 1) };
}
