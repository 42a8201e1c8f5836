// Two recordings side by side. Only differences beyond the runs' own spread are called differences.
import { html, Loaded, Empty } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { link } from 'headroom/address';
import { Table } from 'headroom/table';
import { bytes, count, memory, nanos, of } from 'headroom/format';
import { FindingLines } from 'headroom/findings';

export function Compare({ address, recordings }) {
  const other = Number(address.id ?? (address.recording === 0 ? 1 : 0));
  if (recordings.length < 2) return html`<h1>Compare</h1><${Empty}>Open two recordings to compare them: <code>headroom compare BEFORE AFTER</code><//>`;
  return html`<${Chosen} address=${address} other=${other} recordings=${recordings} />`;
}

function Chosen({ address, other, recordings }) {
  const change = (before, after) => { location.hash = link(before, 'compare', String(after)); };
  const pick = (label, value, onChange) => html`<label class="filter">${label} <select value=${value} onChange=${event => onChange(Number(event.target.value))}>
    ${recordings.map((each, i) => html`<option value=${i}>${each.file}</option>`)}</select></label>`;
  return html`<h1>Compare</h1>${pick('Before', address.recording, before => change(before, other))} ${pick('After', other, after => change(address.recording, after))}
    ${[address.recording, other].some(i => reading(recordings[i])) ? html`<${Loaded} of=${{}} what="the recordings" />`
    : html`<${Shown} address=${address} other=${other} />`}`;
}

/** Half of a run would differ, or seem not to. */
const reading = recording => recording && !recording.read && !recording.error;

function Shown({ address, other }) {
  const answer = useAnswer(`recordings/${address.recording}/compare/${other}`);
  return html`<${Loaded} of=${answer} what="the comparison">${data => html`
      <p class="headline">${data.differs ? '' : 'No difference beyond the noise of both runs: '}${of(data.gone.length, 'problem', 'problems')} gone, <span class=${data.new.length ? 'bad' : ''}>${count(data.new.length)} new</span>, ${count(data.kept.length)} kept${data.untested.length ? `, ${count(data.untested.length)} not tested again` : ''}.</p>
      <${Table} caption="Routes: medians before and after" rows=${data.routes} rowKey=${each => each.operation} sort=${address.query.sort || '-statements'} onSort=${sort => address.change({ sort })} columns=${[
        { key: 'operation', title: 'route', value: each => each.operation },
        { key: 'requests', title: 'requests', number: true, value: each => each.requestsAfter, cell: each => `${count(each.requestsBefore)} → ${count(each.requestsAfter)}` },
        metric('statements', 'statements', count), metric('time', 'time', nanos), metric('rows', 'rows', count), metric('bytes', 'from database', bytes), metric('memory', 'memory meanwhile', memory),
        ...(data.routes.some(each => each.changes.heap) ? [metric('heap', 'JVM heap meanwhile', memory)] : [])]} />
      <p class="hint">In small print: the 95% interval of each median. Better and worse are said only where both lie apart. Memory is what the whole app held at the samples taken during requests of the route.</p>
      <${Peaks} before=${data.peaksBefore} after=${data.peaksAfter} />
      <${Findings} title="New problems" findings=${data.new} recording=${other} />
      <${Findings} title="Gone" findings=${data.gone} recording=${address.recording} />
      <${Findings} title="Kept" findings=${data.kept} recording=${other} />
      ${data.untested.length > 0 && html`<${Findings} title="Not tested again: no request of their route" findings=${data.untested} recording=${address.recording} />`}`}<//>`;
}

/** What each run used at most: one figure a run, so that nothing tells noise from difference. */
function Peaks({ before, after }) {
  const row = (name, key, format) => ({ name, key, before: before[key], after: after[key], format });
  const single = (each, run) => each.key === 'memoryBytes' && run.memorySamples === 1 && html` <small>in its only sample</small>`;
  const rows = [row('memory of the app', 'memoryBytes', memory), row('JVM heap in use', 'heapBytes', memory), row('JVM heap at most', 'heapMaxBytes', memory),
    row('metaspace', 'metaspaceBytes', memory), row('pauses for garbage collection', 'collections', count), row('time of these pauses', 'collectionNanos', nanos)]
    .filter(each => each.before !== null || each.after !== null);
  if (!rows.length) return null;
  return html`<h2>Peaks <small>one figure a run: shown, not judged</small></h2>
    <${Table} caption="What each run used at most" rows=${rows} rowKey=${each => each.name} columns=${[
      { key: 'name', title: 'what', cell: each => each.name },
      { key: 'before', title: 'before', number: true, cell: each => html`${each.format(each.before)}${single(each, before)}` },
      { key: 'after', title: 'after', number: true, cell: each => html`${each.format(each.after)}${single(each, after)}` }]} />`;
}

function Findings({ title, findings, recording }) {
  if (!findings.length) return null;
  return html`<h2>${title} <small>${count(findings.length)}; what each saves in a request</small></h2><${FindingLines} findings=${findings} recording=${recording} most=${10} />`;
}

const WORDS = { better: '▼ better', worse: '▲ worse', same: 'no difference', unknown: 'too few to tell' };

/** The medians, the verdict, and beneath them the intervals that it rests on. */
const metric = (key, title, format) => ({ key, title, number: true,
  value: each => each.changes[key] ? each.changes[key].before.median - each.changes[key].after.median : null,
  cell: each => each.changes[key] ? html`<${Change} change=${each.changes[key]} format=${format} />` : '–' });

function Change({ change, format }) {
  const { before, after, verdict } = change;
  const interval = each => each.low === each.high ? format(each.low) : `${format(each.low)} to ${format(each.high)}`;
  const exact = before.low === before.high && after.low === after.high;
  return html`<span class=${verdict === 'same' ? 'dim' : ''}>${before.median === after.median ? format(after.median) : html`${format(before.median)} → <strong>${format(after.median)}</strong>`}</span>
    ${before.median !== after.median && html`<small class=${`verdict ${verdict}`}>${WORDS[verdict]}</small>`}
    ${!exact && html`<small class="verdict dim"><span>${interval(before)}</span> <span>→ ${interval(after)}</span></small>`}`;
}
