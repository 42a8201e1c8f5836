// One request: where its time went, and what its statements did.
import { html, Loaded, Empty, Figure, useState } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { link } from 'headroom/address';
import { Table } from 'headroom/table';
import { Sql } from 'headroom/sql';
import { Plan } from 'headroom/plan';
import { Source } from 'headroom/source';
import { Waterfall } from 'headroom/waterfall';
import { bytes, count, millis, of } from 'headroom/format';

export function Request({ address }) {
  const answer = useAnswer(`recordings/${address.recording}/request/${address.id}`);
  return html`<${Loaded} of=${answer} what="the request" heading="Request">${data => html`<${Shown} data=${data} address=${address} />`}<//>`;
}

function Shown({ data, address }) {
  const groups = grouped(data);
  const inDatabase = busy(data.queries);
  return html`<h1>${data.operation} <small class="dim">#${data.id}</small></h1>
    <p><code class="path">${data.method} ${data.path}</code> <a href=${link(address.recording, 'requests', null, { operation: data.operation })}>other requests of this route</a></p>
    <dl class="figures">
      <${Figure} label="status">${data.status || 'none'}${data.outcome !== 'completed' && html` <span class="bad">${data.outcome.replaceAll('_', ' ')}</span>`}<//>
      <${Figure} label="time" note=${data.queueMillis !== null ? `after ${millis(data.queueMillis)} in the router's queue` : ''}>${millis(data.millis)}<//>
      <${Figure} label="in database">${millis(inDatabase)}<//>
      ${data.setUps.length > 0 && html`<${Figure} label="connecting" note=${of(data.setUps.length, 'connection opened', 'connections opened')}>${millis(data.setUps.reduce((sum, each) => sum + each.millis, 0))}<//>`}
      <${Figure} label="statements" note=${repeats(groups)}>${count(data.statements)}<//>
      <${Figure} label="from database" note=${of(data.queries.reduce((sum, each) => sum + each.rows, 0), 'row', 'rows')}>${bytes(data.queries.reduce((sum, each) => sum + each.bytes, 0))}<//>
      <${Figure} label="response">${bytes(data.bytesOut)}<//>
      <${Figure} label="in flight with it">${count(data.inFlight - 1)}<//>
    </dl>
    ${data.queries.length === 0 && html`<${Empty}>${data.folded.length ? 'Only the counts of this request are left: the recording reached its size cap and gave up the oldest detail.' : 'No statement is known to belong to this request.'} <a href=${link(address.recording, 'coverage')}>Why</a><//>`}
    ${data.queries.length > 0 && html`<${Waterfall} data=${data} groups=${groups} address=${address} />`}
    ${groups.length > 0 && html`<h2>${of(groups.length, 'statement', 'different statements')}</h2>
      <${Table} caption="By total time; open one for its columns, its lines and its plan" rows=${groups} sort=${address.query.sort || '-millis'} onSort=${sort => address.change({ sort })} rowKey=${each => each.shape.id} columns=${columns(address)} />`}
    ${data.queriesNotShown > 0 && html`<p class="warning">${count(data.queriesNotShown)} further statements are not shown.</p>`}`;
}

const columns = address => [
  { key: 'text', title: 'statement', cell: each => html`<${Statement} group=${each} address=${address} />` },
  { key: 'count', title: 'times', number: true, value: each => each.count, cell: each => html`<span class=${each.count > 4 ? 'many' : ''}>×${count(each.count)}</span>` },
  { key: 'same', title: 'same values', number: true, value: each => each.same, cell: each => each.same ? html`<span class="many">${count(each.same)}</span>` : '–', help: 'executions whose values had been bound before in this request' },
  { key: 'millis', title: 'time', number: true, value: each => each.millis, cell: each => millis(each.millis) },
  { key: 'rows', title: 'rows', number: true, value: each => each.rows, cell: each => count(each.rows) },
  { key: 'bytes', title: 'bytes', number: true, value: each => each.bytes, cell: each => bytes(each.bytes) }];

function Statement({ group, address }) {
  const [open, setOpen] = useState(false);
  return html`<div class="statement">
    <button class="disclose" aria-expanded=${open} onClick=${() => setOpen(!open)}><span class="sr">Details of the statement</span><span aria-hidden="true">${open ? '▾' : '▸'}</span></button>
    <div><${Sql} text=${group.shape.text} short=${!open} truncated=${group.shape.truncated} />
      ${group.sites.map(each => html`<div class="site"><code>${each.place}</code> ${each.function}${each.relation ? ` (loads ${each.relation})` : ''}${each.field ? ` for ${each.field}` : ''}</div>`)}
      ${open && html`<p><a href=${link(address.recording, 'shapes', group.shape.id)}>everywhere this statement runs</a></p>
        ${group.sites.slice(0, 3).map(each => html`<${Source} recording=${address.recording} site=${each} />`)}
        <${Plan} recording=${address.recording} shape=${group.shape.id} />`}
      ${open && group.columns.length > 0 && html`<${Table} caption="Columns of the first result" sort="-bytes" rows=${group.columns} columns=${[
        { key: 'name', title: 'column', value: each => each.name }, { key: 'from', title: 'from', value: each => each.from || '', cell: each => each.from || 'expression' },
        { key: 'bytes', title: 'bytes', number: true, value: each => each.bytes, cell: each => bytes(each.bytes) },
        { key: 'nulls', title: 'NULLs', number: true, value: each => each.nulls, cell: each => count(each.nulls) }]} />`}
      ${group.failed > 0 && html`<p class="bad">${group.failed} failed (SQLSTATE ${group.sqlState})</p>`}</div></div>`;
}

/** By shape, in order of first appearance; what was folded included. */
function grouped(data) {
  const groups = new Map();
  const group = number => groups.get(number) || groups.set(number, { number, shape: data.shapes[number], count: 0, same: 0, millis: 0,
    rows: 0, bytes: 0, failed: 0, sqlState: null, sites: [], columns: [] }).get(number);
  for (const query of data.queries) {
    const each = group(query.shape);
    each.count++;
    each.same += query.sameAs !== null ? 1 : 0;
    each.millis += query.millis;
    each.rows += query.rows;
    each.bytes += query.bytes;
    if (query.sqlState) { each.failed++; each.sqlState = query.sqlState; }
    if (!each.columns.length) each.columns = query.columns;
    const site = query.callSite === null ? null : data.callSites[query.callSite];
    if (site && !each.sites.includes(site)) each.sites.push(site);
  }
  for (const more of data.folded) {
    const each = group(more.shape);
    each.count += more.count;
    each.millis += more.millis;
    each.rows += more.rows;
    each.bytes += more.bytes;
  }
  return [...groups.values()];
}

function repeats(groups) {
  const most = groups.filter(each => !each.shape.control).reduce((top, each) => each.count > top ? each.count : top, 0);
  return most > 1 ? `one of them ${count(most)} times` : '';
}

/** Milliseconds in which at least one statement ran. */
export function busy(queries) {
  let sum = 0, until = -Infinity;
  for (const each of queries) {
    const from = Math.max(until, each.at), end = each.at + each.millis;
    if (end > from) { sum += end - from; until = end; }
  }
  return sum;
}
