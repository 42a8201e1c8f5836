// What matters, in order, above what the machine did.
import { html, Loaded, Empty, Figure } from 'headroom/ui';
import { useAnswer, offline } from 'headroom/api';
import { link } from 'headroom/address';
import { count, memory, millis, of, percent } from 'headroom/format';
import { MemoryChart, TimeChart, ThroughputChart, InFlightChart, Events } from 'headroom/charts';
import { Range, part, useFindings } from 'headroom/range';
import { FindingLines } from 'headroom/findings';

const FIRST = 6;

export function Overview({ address }) {
  const base = `recordings/${address.recording}`;
  const report = useAnswer(`${base}/report`);
  const series = useAnswer(`${base}/series`, address.range);
  return html`<h1 class="sr">Overview</h1>
    <${Loaded} of=${report} what="the report">${data => html`<p class="headline">${data.headline}</p><${Run} data=${data} /><${part(address) ? PartFindings : Findings} data=${data} address=${address} />`}<//>
    <h2>What the machine did</h2>
    ${!offline && html`<p class="hint screen">Drag over a chart, or fill in seconds, to look at a part of the run; findings, routes, requests, statements and memory follow.</p>`}
    <${Range} address=${address} length=${series.data && report.data && report.data.recording.lengthMillis} />
    <${Loaded} of=${series} what="the charts">${data => html`<div class="charts">
      <${MemoryChart} series=${data} onRange=${range(address)} /><${TimeChart} series=${data} onRange=${range(address)} />
      <${ThroughputChart} series=${data} onRange=${range(address)} /><${InFlightChart} series=${data} onRange=${range(address)} />
    </div><${Events} series=${data} />`}<//>`;
}

export const range = address => offline ? null : (from, to) => address.change({ from, to });

function Run({ data }) {
  const tied = (data.seen.statements.exact || 0) + (data.seen.statements.likely_alone || 0);
  const all = Object.values(data.seen.statements).reduce((sum, value) => sum + value, 0);
  const used = data.memory;
  const limited = used && used.groupLimitBytes > 0 && used.groupLimitBytes < 2 ** 50;
  return html`<dl class="figures">
    <${Figure} label="requests">${count(data.seen.requests)}<//>
    <${Figure} label="statements" note=${all ? `${percent(tied / all)} tied to their request` : ''}>${count(all)}<//>
    <${Figure} label="routes">${count(data.operations.length)}<//>
    <${Figure} label="run time">${millis(data.recording.lengthMillis)}<//>
    ${used && html`<${Figure} label=${used.samples > 1 ? 'peak memory' : 'memory in its only sample'} note=${limited ? `of ${memory(used.groupLimitBytes)}` : ''}>
      ${memory(used.peakProportionalBytes > 0 ? used.peakProportionalBytes : used.peakResidentBytes)}<//>`}
  </dl>`;
}

/** As the report counts: a problem and what goes away with it as one. */
const found = (problems, notes) => [[problems, 'problem', 'problems'], [notes, 'note', 'notes']]
  .filter(([number]) => number).map(each => of(...each)).join(', ');

function Findings({ data, address, none }) {
  const problems = data.findings.filter(each => each.level === 'problem');
  const notes = data.findings.filter(each => each.level !== 'problem');
  return html`<h2>${data.findings.length ? found(problems.length, notes.length) : 'Findings'} ${problems.length > 0 && html`<small>the dearest first; what each saves in a request</small>`}</h2>
    ${data.warnings.map(each => html`<p class="warning" role="alert">${each}</p>`)}
    ${problems.length === 0 && html`<${Empty}>${none ? none : data.seen.requests ? 'No check found anything worth changing.' : 'No request was seen yet.'} <a href=${link(address.recording, 'coverage')}>What could be judged, and what could not</a>.<//>`}
    <${FindingLines} findings=${problems} recording=${address.recording} most=${FIRST} numbered />
    ${notes.length > 0 && html`<details><summary>${of(notes.length, 'note', 'notes')}: seen, but small or ordinary</summary>
      <${FindingLines} findings=${notes} recording=${address.recording} /></details>`}
    ${data.silenced.length > 0 && html`<p class="hint">${of(data.silenced.length, 'finding is', 'findings are')} silenced by headroom.toml.</p>`}`;
}

/** Those of the run's findings that show in the chosen part, by what happened in it alone. */
function PartFindings({ data, address }) {
  const answer = useFindings(address);
  return html`<${Loaded} of=${answer} what="the findings of this time">${found => answer.judging
    ? html`<h2>Findings</h2><div class="state" role="status">Judging the ${of(found.requests, 'request', 'requests')} that began in this time…
        <progress max=${Math.max(1, found.requests)} value=${found.judged} aria-label="requests judged"></progress></div>`
    : html`<p class="hint">Judged by the ${of(found.judged, 'request', 'requests')} that began in this time: the findings of the whole run that show in them, with their figures in them. A finding opens with the figures of the whole run.</p>
      <${Findings} data=${{ ...data, warnings: [], silenced: [], findings: found.findings }} address=${address}
        none=${found.judged ? 'No finding of the run shows in the requests of this time.' : 'No request began in this time.'} />`}<//>`;
}
