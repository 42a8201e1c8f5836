// The four charts on one time axis: what hosting dashboards show, with the events of the run on all of them.
import { html } from 'headroom/ui';
import { Chart } from 'headroom/chart';
import { count, memory, millis, of } from 'headroom/format';

const IMPORTANT = ['router_timeout', 'idle_timeout', 'memory_quota', 'app_exited', 'app_started', 'app_listening', 'app_unreachable',
  'work_after_client_gone', 'database_unreachable', 'database_refused', 'database_connection_broken'];

export const highest = values => values.reduce((top, value) => value !== null && value > top ? value : top, -Infinity);

/** What the highest of so many samples is called: what one look found says little of a peak. */
export const peakOf = samples => samples > 1 ? 'peak' : 'only sample:';

const CALM = ['app_started', 'app_listening'];

export const marksOf = series => series.events.filter(each => IMPORTANT.includes(each.kind)).map(each => ({ ...each, calm: CALM.includes(each.kind) }));

export function MemoryChart({ series, onRange, height }) {
  const total = series.proportional.some(each => each !== null) ? series.proportional : series.resident;
  const limit = highest(series.groupLimit), peak = highest(total);
  // A limit far above the use would flatten the line that matters; then it is only said.
  const near = limit > 0 && peak > limit / 8;
  const summary = peak > 0 ? `${peakOf(series.memorySamples)} ${memory(peak)}${limit > 0 ? ` of ${memory(limit)}` : ''}` : '';
  return html`<${Chart} title="Memory" binary t=${series.t} format=${memory} onRange=${onRange} marks=${marksOf(series)} height=${height} summary=${summary} series=${[
    { label: 'app', values: total, color: 'blue', fill: true },
    { label: 'resident', values: series.resident, color: 'purple', dash: 'long' },
    { label: 'swap', values: series.swap.some(each => each) ? series.swap : series.swap.map(() => null), color: 'orange', dash: 'dots' },
    { label: 'quota', values: near ? series.groupLimit : series.groupLimit.map(() => null), color: 'bad', dash: true }]} />`;
}

export function TimeChart({ series, onRange, height }) {
  const slowest = highest(series.max);
  const near = slowest > series.timeLimitMillis / 8;
  const limit = series.t.map(() => near ? series.timeLimitMillis : null);
  return html`<${Chart} title="Response time" t=${series.t} format=${millis} onRange=${onRange} marks=${marksOf(series)} height=${height}
    summary=${slowest > 0 ? `slowest ${millis(slowest)}, the router gives up at ${millis(series.timeLimitMillis)}` : ''} series=${[
    { label: 'p50', values: series.p50, color: 'blue' }, { label: 'p95', values: series.p95, color: 'orange', dash: 'dots' },
    { label: 'p99', values: series.p99, color: 'purple', dash: 'long' }, { label: 'max', values: series.max, color: 'bad', dash: 'dashDot' },
    { label: 'time-out', values: limit, color: 'bad', dash: true }]} />`;
}

export function ThroughputChart({ series, onRange, height }) {
  const seconds = series.bucketMillis / 1000;
  const rate = values => values.some(each => each > 0) ? values.map(each => each / seconds) : values.map(() => null);
  const total = ['status2xx', 'status3xx', 'status4xx', 'status5xx', 'noResponse']
    .reduce((sum, name) => sum + series[name].reduce((a, b) => a + b, 0), 0);
  return html`<${Chart} title="Throughput" t=${series.t} format=${each => `${+each.toPrecision(3)}/s`} onRange=${onRange}
    marks=${marksOf(series)} height=${height} summary=${of(total, 'request', 'requests')} series=${[
    { label: '2xx', values: rate(series.status2xx), color: 'green', stepped: true }, { label: '3xx', values: rate(series.status3xx), color: 'blue', dash: 'long', stepped: true },
    { label: '4xx', values: rate(series.status4xx), color: 'orange', dash: 'dots', stepped: true }, { label: '5xx', values: rate(series.status5xx), color: 'bad', dash: 'dashDot', stepped: true },
    { label: 'no response', values: rate(series.noResponse), color: 'purple', dash: true, stepped: true }]} />`;
}

export function InFlightChart({ series, onRange, height }) {
  return html`<${Chart} title="Requests in flight" t=${series.t} format=${count} onRange=${onRange} marks=${marksOf(series)} height=${height}
    summary=${`at most ${count(highest(series.inFlight))}`} series=${[
    { label: 'in flight', values: series.inFlight, color: 'blue', fill: true, stepped: true }]} whole />`;
}

const MOST_LISTED = 200;

export function Events({ series }) {
  if (!series.eventCount) return null;
  const listed = series.events.slice(0, MOST_LISTED);
  const unkept = listed.length === series.events.length && listed.length < series.eventCount;
  return html`<details class="events"><summary>${series.moreEvents ? 'more than ' : ''}${of(series.eventCount, 'event', 'events')}</summary><ol>
    ${listed.map(each => html`<li><time>+${millis(each.t)}</time> <code>${each.kind.replaceAll('_', ' ')}</code> ${each.text}</li>`)}</ol>
    ${listed.length < series.eventCount && html`<p class="hint">${listed.length ? `The first ${count(listed.length)} of them are listed` : 'None of them is listed'}${unkept
      ? `: of a run only the first ${count(series.eventsKept)} are kept.` : '.'}</p>`}</details>`;
}
