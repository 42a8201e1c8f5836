// Routes with what each of their requests costs, and how that grows with the result.
import { html, Loaded, Empty } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { link } from 'headroom/address';
import { Table } from 'headroom/table';
import { useFindings } from 'headroom/range';
import { bytes, count, nanos, of, percent, times } from 'headroom/format';

export function Routes({ address }) {
  const base = `recordings/${address.recording}`;
  const routes = useAnswer(`${base}/routes`, address.range);
  const report = useFindings(address);
  const unknown = report.data?.seen?.statements.unattributed || 0;
  const filter = (address.query.filter || '').toLowerCase();
  return html`<h1>Routes</h1>
    <label class="filter">Filter <input type="search" value=${address.query.filter || ''}
      onInput=${event => address.change({ filter: event.target.value })} placeholder="/api/orders" /></label>
    <${Loaded} of=${routes} what="the routes">${rows => {
      const shown = rows.filter(each => each.operation.toLowerCase().includes(filter)).map(each => ({ ...each, ...facts(report.data, each.operation) }));
      if (!shown.length) return html`<${Empty}>${rows.length ? 'No route has that in its name.' : 'No request was seen in this time.'}<//>`;
      return html`<${Table} caption=${of(shown.length, 'route', 'routes')} rows=${shown} rowKey=${each => each.operation}
        sort=${address.query.sort || '-share'} onSort=${sort => address.change({ sort })} columns=${columns(address)} />`;
    }}<//>
    ${unknown > 0 && html`<p class="hint">${of(unknown, 'statement', 'statements')} of the run ${unknown === 1 ? 'is' : 'are'} of no known request and not in these figures, which are too low where requests overlapped; a growth may be none.</p>`}
    ${report.error && html`<${Loaded} of=${report} what="duplicates and findings" />`}
    <p class="hint">Growth: statements of a request against rows of its result. A rising line is an N+1: what costs little with few rows costs much with many.</p>`;
}

function facts(report, operation) {
  if (!report || !report.findings) return { duplicates: null, findings: null };
  const found = report.operations.find(each => each.operation === operation);
  const findings = report.findings.filter(each => each.operation === operation && each.level === 'problem').length;
  return { duplicates: found ? found.duplicatesPerRequest : null, findings };
}

const columns = address => [
  { key: 'operation', title: 'route', value: each => each.operation,
    cell: each => html`<a href=${link(address.recording, 'requests', null, { operation: each.operation })}>${each.operation}</a>` },
  { key: 'requests', title: 'requests', number: true, value: each => each.requests, cell: each => html`${count(each.requests)}${each.failed ? html` <span class="bad">${count(each.failed)} failed</span>` : ''}` },
  { key: 'p50', title: 'p50', number: true, value: each => each.p50Nanos, cell: each => nanos(each.p50Nanos), help: 'half of the requests took at most this' },
  { key: 'p95', title: 'p95', number: true, value: each => each.p95Nanos, cell: each => nanos(each.p95Nanos) },
  { key: 'max', title: 'max', number: true, value: each => each.maxNanos, cell: each => nanos(each.maxNanos) },
  { key: 'share', title: 'share', number: true, value: each => each.share, cell: each => percent(each.share), help: 'of the time of all requests' },
  { key: 'db', title: 'in db', number: true, value: each => each.databaseShare, cell: each => percent(each.databaseShare), help: 'share of its time in which a statement ran' },
  { key: 'statements', title: 'statements', number: true, value: each => each.statementsMax, help: 'median and most of a request',
    cell: each => each.statementsMedian === each.statementsMax ? count(each.statementsMax) : `${count(each.statementsMedian)} – ${count(each.statementsMax)}` },
  { key: 'growth', title: 'growth', cell: each => html`<${Growth} points=${each.growth} />`, help: 'statements against rows of the result' },
  { key: 'duplicates', title: 'duplicates', number: true, value: each => each.duplicates, cell: each => times(each.duplicates), help: 'statements a request that had been answered before' },
  { key: 'rows', title: 'rows', number: true, value: each => each.rowsMedian, cell: each => count(each.rowsMedian), help: 'rows from the database, median' },
  { key: 'bytes', title: 'from db', number: true, value: each => each.bytesMedian, cell: each => bytes(each.bytesMedian), help: 'bytes from the database, median' },
  { key: 'findings', title: 'findings', number: true, value: each => each.findings, cell: each => each.findings ? html`<strong>${each.findings}</strong>` : '–' }];

/** Statements against rows, as a small chart whose meaning is also said in words. */
export function Growth({ points }) {
  if (points.length < 2) return html`<span class="dim">one size</span>`;
  const width = 92, height = 26, last = points[points.length - 1];
  const top = points.reduce((most, each) => Math.max(most, each[1]), 1);
  const x = rows => 3 + (width - 6) * (rows - points[0][0]) / Math.max(1, last[0] - points[0][0]);
  const y = statements => height - 3 - (height - 6) * statements / top;
  const label = `from ${points[0][1]} statements at ${points[0][0]} rows to ${last[1]} at ${last[0]}`;
  return html`<svg class="growth" width=${width} height=${height} role="img" aria-label=${label}><title>${label}</title>
    <polyline points=${points.map(each => `${x(each[0])},${y(each[1])}`).join(' ')} />
    ${points.length < 25 && points.map(each => html`<circle cx=${x(each[0])} cy=${y(each[1])} r="1.8" />`)}</svg>`;
}
