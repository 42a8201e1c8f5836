// What matters, in order, above what the machine did.
import { html, Loaded, Empty, Evidence, Figure } from 'headroom/ui';
import { useAnswer, offline } from 'headroom/api';
import { link } from 'headroom/address';
import { bytes, count, memory, millis, nanos, of, percent } from 'headroom/format';
import { MemoryChart, TimeChart, ThroughputChart, InFlightChart, Events } from 'headroom/charts';

export function Overview({ address }) {
  const base = `recordings/${address.recording}`;
  const report = useAnswer(`${base}/report`);
  const series = useAnswer(`${base}/series`, address.range);
  return html`<h1>Overview</h1>
    <${Loaded} of=${report} what="the report">${data => html`<${Run} data=${data} /><${Findings} data=${data} address=${address} />`}<//>
    <h2>What the machine did</h2>
    <p class="hint">${offline ? 'Times count from the start of the run.' : 'Drag over a chart to look at a part of the run; everything but the findings follows.'}</p>
    <${Loaded} of=${series} what="the charts">${data => html`<div class="charts">
      <${MemoryChart} series=${data} onRange=${range(address)} /><${TimeChart} series=${data} onRange=${range(address)} />
      <${ThroughputChart} series=${data} onRange=${range(address)} /><${InFlightChart} series=${data} onRange=${range(address)} />
    </div><${Events} series=${data} />`}<//>`;
}

export const range = address => offline ? null : (from, to) => address.change({ from, to });

function Run({ data }) {
  const attributed = Object.entries(data.seen.statements).filter(([key]) => key !== 'unattributed').reduce((sum, [, value]) => sum + value, 0);
  const all = Object.values(data.seen.statements).reduce((sum, value) => sum + value, 0);
  return html`<dl class="figures">
    <${Figure} label="requests">${count(data.seen.requests)}<//>
    <${Figure} label="statements" note=${all ? `${percent(attributed / all)} attributed` : ''}>${count(all)}<//>
    <${Figure} label="routes">${count(data.operations.length)}<//>
    <${Figure} label="run time">${millis(data.recording.lengthMillis)}<//>
    ${data.memory && html`<${Figure} label="peak memory" note=${data.memory.groupLimitBytes > 0 && data.memory.groupLimitBytes < 2 ** 50 ? `of ${memory(data.memory.groupLimitBytes)}` : ''}>
      ${memory(Math.max(data.memory.peakProportionalBytes, data.memory.peakResidentBytes))}<//>`}
  </dl>`;
}

function Findings({ data, address }) {
  const problems = data.findings.filter(each => each.level === 'problem');
  const notes = data.findings.filter(each => each.level !== 'problem');
  return html`<h2>${problems.length ? `${of(problems.length, 'finding', 'findings')}, the dearest first` : 'Findings'}</h2>
    ${data.warnings.map(each => html`<p class="warning" role="alert">${each}</p>`)}
    ${problems.length === 0 && html`<${Empty}>${data.seen.requests ? 'No check found anything worth changing.' : 'No request was seen yet.'}
      <a href=${link(address.recording, 'coverage')}>What could be judged, and what could not</a>.<//>`}
    <ol class="findings">${problems.map(each => html`<${FindingCard} finding=${each} address=${address} />`)}</ol>
    ${notes.length > 0 && html`<details><summary>${of(notes.length, 'note', 'notes')}: seen, but small or ordinary</summary>
      <ol class="findings">${notes.map(each => html`<${FindingCard} finding=${each} address=${address} />`)}</ol></details>`}
    ${data.silenced.length > 0 && html`<p class="hint">${of(data.silenced.length, 'finding is', 'findings are')} silenced by headroom.toml.</p>`}`;
}

export function FindingCard({ finding, address }) {
  return html`<li class="card"><h3><a href=${link(address.recording, 'finding', finding.id)}>${finding.title}</a></h3>
    <p class="facts"><${Evidence} word=${finding.evidence} /> <span>${finding.operation}</span>
      ${finding.callSite && html`<code>${finding.callSite.file}${finding.callSite.line > 0 ? ':' + finding.callSite.line : ''}</code>`}</p>
    <p class="saving">${saving(finding)}</p></li>`;
}

export function saving(finding) {
  const cost = finding.perRequest, parts = [];
  if (cost.statements) parts.push(of(cost.statements, 'statement', 'statements'));
  if (cost.nanos) parts.push(nanos(cost.nanos));
  if (cost.rows) parts.push(of(cost.rows, 'row', 'rows'));
  if (cost.bytes) parts.push(bytes(cost.bytes));
  const over = finding.requests > 1 ? ` in each of ${count(finding.requests)} requests, ${nanos(finding.total.nanos)} in all` : '';
  return parts.length ? `Saves ${parts.join(', ')}${over}` : `Seen in ${of(finding.requests, 'request', 'requests')}`;
}
