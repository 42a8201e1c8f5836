// Two recordings side by side. Only differences beyond the runs' own spread are called differences.
import { html, Loaded, Empty, Evidence } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { link } from 'headroom/address';
import { Table } from 'headroom/table';
import { bytes, count, nanos, of } from 'headroom/format';

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
      <p>${of(data.gone.length, 'finding', 'findings')} gone, <strong class=${data.new.length ? 'bad' : ''}>${count(data.new.length)} new</strong>, ${count(data.kept.length)} kept${data.untested.length ? `, ${count(data.untested.length)} not tested again` : ''}.</p>
      <${Table} caption="Routes: medians before and after" rows=${data.routes} rowKey=${each => each.operation} sort="-statements" columns=${[
        { key: 'operation', title: 'route', value: each => each.operation },
        { key: 'requests', title: 'requests', number: true, value: each => each.requestsAfter, cell: each => `${count(each.requestsBefore)} → ${count(each.requestsAfter)}` },
        metric('statements', 'statements', count), metric('time', 'time', nanos), metric('rows', 'rows', count), metric('bytes', 'from database', bytes)]} />
      <p class="hint">Better and worse are said only where the 95% intervals of both medians lie apart: a difference beyond the runs' own noise.</p>
      <${Findings} title="New findings" findings=${data.new} recording=${other} />
      <${Findings} title="Gone" findings=${data.gone} recording=${address.recording} />
      <${Findings} title="Kept" findings=${data.kept} recording=${other} />
      ${data.untested.length > 0 && html`<${Findings} title="Not tested again: no request of their route" findings=${data.untested} recording=${address.recording} />`}`}<//>`;
}

function Findings({ title, findings, recording }) {
  return html`<h2>${title}</h2>${findings.length === 0 ? html`<p class="dim">None.</p>` : html`<ul>${findings.map(each => html`<li>
    <${Evidence} word=${each.evidence} /> <a href=${link(recording, 'finding', each.id)}>${each.title}</a> <span class="dim">${each.operation}</span></li>`)}</ul>`}`;
}

const WORDS = { better: '▼ better', worse: '▲ worse', same: '', unknown: '(too few requests)' };

const metric = (key, title, format) => ({ key, title, number: true,
  value: each => each.changes[key] ? each.changes[key].before.median - each.changes[key].after.median : null,
  cell: each => each.changes[key] ? html`${format(each.changes[key].before.median)} → ${format(each.changes[key].after.median)} <span class=${each.changes[key].verdict}>${WORDS[each.changes[key].verdict]}</span>` : '–' });
