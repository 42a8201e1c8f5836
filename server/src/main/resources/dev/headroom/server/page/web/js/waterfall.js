// Where a request's time went: the app, its transactions, and its statements, on one axis. A line for each different
// statement at first, so that a hundred executions are one line of ticks; one by one when asked.
import { html } from 'headroom/ui';
import { count, millis, of } from 'headroom/format';

const FIRST = 60, MOST_REPEATS = 4;

export function Waterfall({ data, groups, address }) {
  const single = address.query.lines === 'single';
  const all = address.query.all === '1';
  const queue = data.queueMillis || 0;
  const end = Math.max(data.workEndMillis, ...data.queries.slice(-1).map(each => each.at + each.millis), 0.001);
  const x = at => Math.max(0, (at + queue) / (end + queue) * 100);
  const bar = (from, length, kind, title) => ({ x: x(from), width: Math.max(0.15, length / (end + queue) * 100), kind, title });
  const repeated = new Set(groups.filter(each => each.count > MOST_REPEATS).map(each => each.number));
  const mark = each => bar(each.at, each.millis,
    `statement ${repeated.has(each.shape) ? 'repeated' : ''} ${each.sameAs !== null ? 'same' : ''} ${each.sqlState ? 'failed' : ''}`,
    `${data.shapes[each.shape].text.slice(0, 300)}\n${millis(each.millis)} from ${millis(each.at)}, ${of(each.rows, 'row', 'rows')}, known ${each.attribution.replaceAll('_', ' ')}`);
  const lines = single ? data.queries.slice(0, all ? undefined : FIRST).map(each => ({ label: name(data.shapes[each.shape]), bars: [mark(each)], note: millis(each.millis) }))
    : byShape(data, groups).map(({ group, queries }) => ({ label: name(group.shape), times: queries.length, bars: queries.map(mark), note: millis(group.millis) }));
  const spans = transactions(data.queries);
  return html`<h2>Where the time went</h2>
    <div class="toolbar"><p class="hint keys"><span><i class="key app"></i>app</span> <span><i class="key sending"></i>response on its way</span> <span><i class="key statement"></i>statement</span>
      <span><i class="key repeated"></i>repeated</span> <span><i class="key same"></i>same values as before</span> <span><i class="key transaction"></i>transaction</span>${data.setUps.length > 0 && html` <span><i class="key setup"></i>connecting</span>`}</p>
      <label class="filter">Lines <select value=${single ? 'single' : 'shape'} onChange=${event => address.change({ lines: event.target.value === 'single' ? 'single' : null, all: null })}>
        <option value="shape">one for each different statement</option><option value="single">one for each execution</option></select></label></div>
    <div class="waterfall" tabindex="0" role="region" aria-label=${`Where the time went: ${of(data.queries.length, 'statement', 'statements')} over ${millis(end)}; the table below has the figures`}>
      <div class="line axis"><span class="label"></span><span class="track" aria-hidden="true">${[0, 0.25, 0.5, 0.75, 1].map(each => html`<span style=${{ left: `${each * 100}%` }} class=${each === 1 ? 'last' : each === 0 ? 'first' : ''}>${millis((end + queue) * each)}</span>`)}</span><span class="note"></span></div>
      ${queue > 0 && html`<${Line} label="router's queue" bars=${[bar(-queue, queue, 'queue', `${millis(queue)} in the router's queue`)]} note=${millis(queue)} />`}
      <${Line} label="app" bars=${app(data, bar)} note=${millis(data.millis)} />
      ${data.setUps.length > 0 && html`<${Line} label=${of(data.setUps.length, 'connection opened', 'connections opened')} bars=${data.setUps.map(each => bar(each.at, each.millis, 'setup',
        `connection ${each.connection}: ${millis(each.millis)} from connecting until the database was ready, TLS and authentication included; first used by this request, known ${each.attribution.replaceAll('_', ' ')}`))} note=${millis(data.setUps.reduce((sum, each) => sum + each.millis, 0))} />`}
      ${spans.length > 0 && html`<${Line} label=${of(spans.length, 'transaction', 'transactions')} bars=${spans.map(each => bar(each.from, each.to - each.from, 'transaction', `transaction, ${millis(each.to - each.from)}`))} note=${millis(spans.reduce((sum, each) => sum + each.to - each.from, 0))} />`}
      ${lines.map(each => html`<${Line} ...${each} />`)}
    </div>
    ${single && data.queries.length > FIRST && html`<button onClick=${() => address.change({ all: all ? null : '1' })}>${all ? `Show the first ${FIRST}` : `Show all ${of(data.queries.length, 'statement', 'statements')}`}</button>`}`;
}

function Line({ label, times, bars, note }) {
  return html`<div class="line"><span class="label" title=${label}>${label}</span><svg class="track" height="14" role="img" aria-label=${`${label}, ${note}`}>
    ${bars.map(each => html`<rect class=${each.kind} x=${`${each.x}%`} width=${`${each.width}%`} y="1" height="12" rx="1"><title>${each.title}</title></rect>`)}</svg>
    <span class="note">${times > 1 && html`<b>×${count(times)}</b>`} ${note}</span></div>`;
}

const name = shape => shape.control ? shape.text.split(' ')[0] : `${shape.kind === 'other' ? shape.text.split(' ')[0] : shape.kind.toUpperCase()} ${shape.tables.join(', ') || shape.text.slice(7, 60)}`;

/** What the app did: at work, and sending. What its statements took lies beneath it, line by line. */
function app(data, bar) {
  const sent = data.sentMillis ?? 0, first = data.firstByteMillis ?? data.millis;
  const bars = [bar(sent, first - sent, 'app', `from the request reaching the app to the response's first byte: ${millis(first - sent)}`)];
  if (data.millis > first) bars.push(bar(first, data.millis - first, 'sending', `response on its way: ${millis(data.millis - first)}`));
  if (data.workEndMillis > data.millis) bars.push(bar(data.millis, data.workEndMillis - data.millis, 'late', `work after the response: ${millis(data.workEndMillis - data.millis)}`));
  return bars;
}

/** The executions of each different statement, in order of first appearance; BEGIN and the like are the transaction's. */
function byShape(data, groups) {
  const found = new Map();
  for (const query of data.queries) {
    const group = groups.find(each => each.number === query.shape);
    if (group.shape.control) continue;
    if (!found.has(query.shape)) found.set(query.shape, { group, queries: [] });
    found.get(query.shape).queries.push(query);
  }
  return [...found.values()];
}

/** From the first to the last statement of each transaction. */
function transactions(queries) {
  const found = new Map();
  for (const each of queries) {
    if (!each.transaction) continue;
    const span = found.get(each.transaction) || found.set(each.transaction, { from: each.at, to: each.at }).get(each.transaction);
    span.to = Math.max(span.to, each.at + each.millis);
  }
  return [...found.values()];
}
