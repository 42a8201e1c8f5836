// Two recordings side by side. Only differences beyond the runs' own spread are called differences.
import { html, Loaded, Empty, Evidence } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { link } from 'headroom/address';
import { Table } from 'headroom/table';
import { bytes, count, nanos } from 'headroom/format';

export function Compare({ address, recordings }) {
  const other = Number(address.id ?? (address.recording === 0 ? 1 : 0));
  if (recordings.length < 2) return html`<h1>Compare</h1><${Empty}>Open two recordings to compare them: <code>headroom compare BEFORE AFTER</code><//>`;
  return html`<${Shown} address=${address} other=${other} recordings=${recordings} />`;
}

function Shown({ address, other, recordings }) {
  const answer = useAnswer(`recordings/${address.recording}/compare/${other}`);
  const change = (before, after) => { location.hash = link(before, 'compare', String(after)); };
  const pick = (label, value, onChange) => html`<label class="filter">${label} <select value=${value} onChange=${event => onChange(Number(event.target.value))}>
    ${recordings.map((each, i) => html`<option value=${i}>${each.file}</option>`)}</select></label>`;
  return html`<h1>Compare</h1>${pick('Before', address.recording, before => change(before, other))} ${pick('After', other, after => change(address.recording, after))}
    <${Loaded} of=${answer} what="the comparison">${data => html`
      <p>${data.gone.length} findings gone, <strong class=${data.new.length ? 'bad' : ''}>${data.new.length} new</strong>, ${data.kept.length} kept.</p>
      <${Table} caption="Routes" rows=${data.routes} rowKey=${each => each.operation} columns=${[
        { key: 'operation', title: 'route', value: each => each.operation },
        { key: 'requests', title: 'requests', number: true, value: each => each.after.requests, cell: each => `${count(each.before.requests)} → ${count(each.after.requests)}` },
        metric('statements', 'statements', count), metric('p50Nanos', 'p50', nanos), metric('rows', 'rows', count), metric('bytes', 'from database', bytes)]} />
      ${['new', 'gone', 'kept'].map(each => html`<h2>${{ new: 'New findings', gone: 'Gone', kept: 'Kept' }[each]}</h2>
        ${data[each].length === 0 ? html`<p class="dim">None.</p>` : html`<ul>${data[each].map(finding => html`<li><${Evidence} word=${finding.evidence} /> ${finding.title} <span class="dim">${finding.operation}</span></li>`)}</ul>`}`)}
      <p class="hint">A value counts as different when it differs by more than what the requests of one run differ among themselves.</p>`}<//>`;
}

const WORDS = { better: '▼ better', worse: '▲ worse', same: '' };

const metric = (key, title, format) => ({ key, title, number: true, value: each => each.changes[key].after ?? -1,
  cell: each => html`${format(each.changes[key].before)} → ${format(each.changes[key].after)} <span class=${each.changes[key].verdict}>${WORDS[each.changes[key].verdict]}</span>` });
