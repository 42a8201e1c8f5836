// Where a request's time went: a line for the app, a line for each statement, the gaps between them, transactions.
import { html, useState } from 'headroom/ui';
import { millis, of } from 'headroom/format';

const ROW = 16, FIRST = 60;

export function Waterfall({ data, groups }) {
  const [all, setAll] = useState(false);
  const end = Math.max(data.workEndMillis, ...data.queries.slice(-1).map(each => each.at + each.millis), 0.001);
  const shown = all ? data.queries : data.queries.slice(0, FIRST);
  const order = new Map(groups.map((each, i) => [each.number, i]));
  const height = ROW * (shown.length + 1) + 22;
  const x = at => `${Math.max(0, at) / end * 100}%`;
  const width = length => `${Math.max(0.12, length / end * 100)}%`;
  const repeated = new Set(groups.filter(each => each.count > 4).map(each => each.number));
  return html`<h2>Where the time went</h2>
    <p class="hint"><span class="key app"></span> app <span class="key statement"></span> statement <span class="key repeated"></span> repeated statement
      <span class="key same"></span> values that had been bound before <span class="key transaction"></span> transaction</p>
    <div class="waterfall" tabindex="0" role="region" aria-label="Where the time went"><svg width="100%" height=${height} role="img" aria-label=${`${of(shown.length, 'statement', 'statements')} over ${millis(end)}; the table below has the figures`}>
      <g class="axis">${[0, 0.25, 0.5, 0.75, 1].map(each => html`<line x1=${each * 100 + '%'} x2=${each * 100 + '%'} y1="16" y2=${height} />
        <text x=${each * 100 + '%'} y="11" text-anchor=${each === 0 ? 'start' : each === 1 ? 'end' : 'middle'}>${millis(end * each)}</text>`)}</g>
      <rect class="app" x=${x(data.sentMillis ?? 0)} width=${width((data.firstByteMillis ?? data.millis) - (data.sentMillis ?? 0))} y="20" height="10"><title>from the request being sent to the app to the response's first byte: ${millis((data.firstByteMillis ?? data.millis) - (data.sentMillis ?? 0))}</title></rect>
      <rect class="sending" x=${x(data.firstByteMillis ?? data.millis)} width=${width(data.millis - (data.firstByteMillis ?? data.millis))} y="20" height="10"><title>response on its way: ${millis(data.millis - (data.firstByteMillis ?? data.millis))}</title></rect>
      ${brackets(shown).map(each => html`<rect class="transaction" x=${x(each.from)} width=${width(each.to - each.from)} y=${20 + ROW * (each.first + 1) - 3} height=${ROW * (each.last - each.first + 1)}><title>transaction, ${millis(each.to - each.from)}</title></rect>`)}
      ${shown.map((each, i) => html`<g><rect class=${`statement ${repeated.has(each.shape) ? 'repeated' : ''} ${each.sameAs !== null ? 'same' : ''} ${each.sqlState ? 'failed' : ''}`}
        x=${x(each.at)} width=${width(each.millis)} y=${20 + ROW * (i + 1)} height="10" rx="1"><title>${`${order.get(each.shape) + 1}. ${data.shapes[each.shape].text.slice(0, 300)}\n${millis(each.millis)}, ${of(each.rows, 'row', 'rows')}, known ${each.attribution.replaceAll('_', ' ')}`}</title></rect></g>`)}
    </svg></div>
    ${data.queries.length > FIRST && html`<button onClick=${() => setAll(!all)}>${all ? `Show the first ${FIRST}` : `Show all ${of(data.queries.length, 'statement', 'statements')}`}</button>`}`;
}

/** Runs of neighbouring statements of one transaction. */
function brackets(queries) {
  const found = [];
  queries.forEach((each, i) => {
    if (!each.transaction) return;
    const last = found[found.length - 1];
    if (last && last.id === each.transaction && last.last === i - 1) {
      last.last = i;
      last.to = Math.max(last.to, each.at + each.millis);
    } else {
      found.push({ id: each.transaction, first: i, last: i, from: each.at, to: each.at + each.millis });
    }
  });
  return found;
}
