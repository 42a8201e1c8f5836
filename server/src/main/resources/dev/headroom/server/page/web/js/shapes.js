// Statements across routes: what they cost in all, and where they come from.
import { html, Loaded, Empty } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { link } from 'headroom/address';
import { Table } from 'headroom/table';
import { Sql } from 'headroom/sql';
import { Plan } from 'headroom/plan';
import { part } from 'headroom/range';
import { bytes, count, nanos, of } from 'headroom/format';

/** How many places are not among those that are listed. */
const beyond = (others, listed, one, several) => others.times > 0 && html`<p class="hint">The first ${count(listed)} ${several} that were seen. ${others.places === 0 ? 'Others are' : `${others.more ? 'At least ' : ''}${of(others.places, one, several)} more ${others.places === 1 && !others.more ? 'is' : 'are'}`} not listed, with ${of(others.times, 'execution', 'executions')}.</p>`;

/** What is not known where only sums are left of executions. */
const unknown = number => number > 0 && html`<p class="hint">Of ${of(number, 'execution', 'executions')} only the sums are left (a request with too many to keep, or the oldest of a recording at its size cap): their longest time and their failures are not known.</p>`;

export function Shapes({ address }) {
  const answer = useAnswer(`recordings/${address.recording}/shapes`, address.range);
  const filter = (address.query.filter || '').toLowerCase();
  return html`<h1>${address.id ? 'Statement' : 'Statements'}</h1>
    <${Loaded} of=${answer} what="the statements">${data => {
      if (address.id) {
        const one = data.shapes.find(each => each.id === address.id);
        return one ? html`<${Shape} shape=${one} address=${address} />` : html`<${Empty}>This statement is not among the ${count(data.shapes.length)} that took the most time.<//>`;
      }
      const shown = data.shapes.filter(each => each.text.toLowerCase().includes(filter));
      return html`<label class="filter">Filter <input type="search" value=${address.query.filter || ''} onInput=${event => address.change({ filter: event.target.value })} placeholder="addresses" /></label>
        ${shown.length === 0 ? html`<${Empty}>${data.shapes.length ? 'No statement has that in its text.' : 'No statement was seen in this time.'}<//>` : html`
        <${Table} caption=${`${of(shown.length, 'statement', 'statements')} ${part(address) ? 'in this time' : 'over the whole run'}`} rows=${shown} sort=${address.query.sort || '-nanos'} onSort=${sort => address.change({ sort })} rowKey=${each => each.id} columns=${columns(address)} />`}
        ${unknown(shown.reduce((sum, each) => sum + each.summed, 0))}
        ${data.total > data.shapes.length && html`<p class="hint">The ${count(data.shapes.length)} of ${count(data.total)} that took the most time.</p>`}`;
    }}<//>`;
}

const columns = address => [
  { key: 'text', title: 'statement', value: each => each.text, cell: each => html`<a class="plain" href=${link(address.recording, 'shapes', each.id)}><${Sql} text=${each.text} short /></a>` },
  { key: 'nanos', title: 'total time', number: true, value: each => each.nanos, cell: each => nanos(each.nanos) },
  { key: 'count', title: 'times', number: true, value: each => each.count, cell: each => count(each.count) },
  { key: 'mean', title: 'mean', number: true, value: each => each.nanos / each.count, cell: each => nanos(each.nanos / each.count) },
  { key: 'max', title: 'max', number: true, value: each => each.maxNanos, cell: each => nanos(each.maxNanos) },
  { key: 'rows', title: 'rows', number: true, value: each => each.rows, cell: each => count(each.rows) },
  { key: 'bytes', title: 'bytes', number: true, value: each => each.bytes, cell: each => bytes(each.bytes) },
  { key: 'failed', title: 'failed', number: true, value: each => each.failed, cell: each => each.failed ? html`<span class="bad">${count(each.failed)}</span>` : '–' },
  { key: 'routes', title: 'routes', number: true, value: each => Object.keys(each.operations).length + each.otherOperations.places, cell: each => `${count(Object.keys(each.operations).length + each.otherOperations.places)}${each.otherOperations.more ? ' or more' : ''}` }];

function Shape({ shape, address }) {
  const places = Object.entries(shape.operations).map(([operation, times]) => ({ operation, times }));
  const sites = Object.entries(shape.callSites).map(([place, times]) => ({ place, times }));
  return html`<pre class="block"><${Sql} text=${shape.text} truncated=${shape.truncated} /></pre>
    <p>Ran ${of(shape.count, 'time', 'times')}, ${nanos(shape.nanos)} in all, ${shape.maxNanos === null ? '' : `${nanos(shape.maxNanos)} at most; `} ${of(shape.rows, 'row', 'rows')}, ${bytes(shape.bytes)}${part(address) ? ' – in this time' : ''}.
      ${shape.failed > 0 && html` <span class="bad">${count(shape.failed)} failed.</span>`}</p>
    ${unknown(shape.summed)}
    <${Table} caption="Where from" sort="-times" rows=${places} rowKey=${each => each.operation} columns=${[
      { key: 'operation', title: 'route', value: each => each.operation, cell: each => each.operation.startsWith('(') ? each.operation : html`<a href=${link(address.recording, 'requests', null, { operation: each.operation, sort: 'statements' })}>${each.operation}</a>` },
      { key: 'times', title: 'times', number: true, value: each => each.times, cell: each => count(each.times) }]} />
    ${beyond(shape.otherOperations, places.length, 'route', 'routes')}
    ${sites.length > 0 && html`<${Table} caption="Call sites" sort="-times" rows=${sites} rowKey=${each => each.place} columns=${[
      { key: 'place', title: 'place', value: each => each.place, cell: each => html`<code>${each.place}</code>` },
      { key: 'times', title: 'times', number: true, value: each => each.times, cell: each => count(each.times) }]} />`}
    ${beyond(shape.otherCallSites, sites.length, 'call site', 'call sites')}
    <${Plan} recording=${address.recording} shape=${shape.id} />
    <p class="hint">Its id, for headroom.toml: <code>${shape.id}</code></p>`;
}
