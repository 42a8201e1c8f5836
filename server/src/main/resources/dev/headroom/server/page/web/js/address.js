// The state of the page is its address: #/<recording>/<view>/<id>?from=…&to=…&sort=…
import { useEffect, useState } from 'headroom/ui';

export function parse(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decoded);
  return { recording: Number(parts[0]) || 0, view: parts[1] || 'overview', id: parts[2] || null,
    query: Object.fromEntries(new URLSearchParams(query)) };
}

/** An address that was cut or mistyped leads to what can be read of it. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view; query values that are null are left out. A chosen time goes along to every view of its recording. */
export function link(recording, view, id, query = {}) {
  const now = parse(location.hash);
  const time = Number(recording) === now.recording ? { from: now.query.from, to: now.query.to } : {};
  const kept = Object.entries({ ...time, ...query }).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(kept).toString();
  return `#/${recording}/${view}${id ? '/' + encodeURIComponent(id) : ''}${search ? '?' + search : ''}`;
}

export function useAddress() {
  const [address, setAddress] = useState(parse(location.hash));
  useEffect(() => {
    const changed = () => setAddress(parse(location.hash));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  const change = query => {
    const to = link(address.recording, address.view, address.id, { ...address.query, ...query });
    history.replaceState(null, '', to);
    setAddress(parse(to));
  };
  return { ...address, change, range: { from: address.query.from, to: address.query.to } };
}
