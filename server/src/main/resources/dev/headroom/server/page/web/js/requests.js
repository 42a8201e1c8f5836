// The requests of a route, or of all, the dearest first.
import { html, Loaded, Empty } from 'headroom/ui';
import { useAnswer, offline } from 'headroom/api';
import { link } from 'headroom/address';
import { Table } from 'headroom/table';
import { bytes, count, millis, nanos, of } from 'headroom/format';

const PAGE = 50;

export function Requests({ address }) {
  const { operation, sort = 'time', offset = 0 } = address.query;
  const answer = useAnswer(`recordings/${address.recording}/requests`, { operation, sort, offset, limit: PAGE, ...address.range });
  const first = Number(offset);
  return html`<h1>${operation || 'Requests'}</h1>
    <label class="filter">Order <select value=${sort} onChange=${event => address.change({ sort: event.target.value, offset: null })}>
      <option value="time">slowest first</option><option value="statements">most statements first</option><option value="rows">most rows first</option>
      <option value="bytes">most bytes first</option><option value="start">latest first</option></select></label>
    ${operation && html` <a href=${link(address.recording, 'requests')}>all routes</a>`}
    ${offline && html`<p class="hint">This file holds the requests that took the most time, statements and bytes, and two of each route.</p>`}
    <${Loaded} of=${answer} what="the requests">${data => data.requests.length === 0 ? html`<${Empty}>No request was seen in this time.<//>` : html`
      <${Table} caption=${`${count(first + 1)} to ${count(first + data.requests.length)} of ${of(data.total, 'request', 'requests')}`}
        rows=${data.requests} rowKey=${each => each.id} sort="" columns=${columns(address, operation)} />
      <nav class="pages" aria-label="Pages of requests">
        <button disabled=${first === 0} onClick=${() => address.change({ offset: Math.max(0, first - PAGE) })}>Previous</button>
        <button disabled=${first + PAGE >= data.total} onClick=${() => address.change({ offset: first + PAGE })}>Next</button></nav>`}<//>`;
}

const columns = (address, operation) => [
  { key: 'id', title: 'request', cell: each => html`<a href=${link(address.recording, 'request', each.id)}>${operation ? `#${each.id}` : each.operation}</a>` },
  { key: 't', title: 'at', number: true, cell: each => `+${millis(each.t)}` },
  { key: 'status', title: 'status', number: true, cell: each => html`<span class=${each.status >= 500 || !each.status ? 'bad' : ''}>${each.status || 'none'}</span>` },
  { key: 'nanos', title: 'time', number: true, cell: each => nanos(each.nanos) },
  { key: 'db', title: 'in database', number: true, cell: each => nanos(each.databaseNanos) },
  { key: 'statements', title: 'statements', number: true, cell: each => count(each.statements) },
  { key: 'rows', title: 'rows', number: true, cell: each => count(each.rows) },
  { key: 'bytes', title: 'from database', number: true, cell: each => bytes(each.bytes) },
  { key: 'inFlight', title: 'in flight', number: true, cell: each => count(each.inFlight) }];
