// One finding: how it is known, what it costs, what to change, how to silence it.
import { html, Loaded, Empty, Evidence, Figure, Copy } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { link } from 'headroom/address';
import { Sql } from 'headroom/sql';
import { Plan } from 'headroom/plan';
import { Source } from 'headroom/source';
import { bytes, count, nanos } from 'headroom/format';
import { FindingLines, titleOf } from 'headroom/findings';

export function FindingView({ address }) {
  const answer = useAnswer(`recordings/${address.recording}/report`);
  return html`<${Loaded} of=${answer} what="the finding" heading="Finding">${data => {
    const found = find([...data.findings, ...data.silenced], address.id);
    return found ? html`<${Shown} finding=${found} address=${address} silenced=${data.silenced.includes(found)} />`
      : html`<h1>Finding</h1><${Empty}>This run has no finding ${address.id}. <a href=${link(address.recording, 'overview')}>All findings</a><//>`;
  }}<//>`;
}

function find(findings, id) {
  for (const each of findings) {
    const found = each.id === id ? each : find(each.consequences, id);
    if (found) return found;
  }
  return null;
}

function Shown({ finding, address, silenced }) {
  const fed = finding.details.feedShape && finding.details.feedColumn;
  return html`<h1>${titleOf(finding)}</h1>
    <p class="facts"><${Evidence} word=${finding.evidence} /> ${finding.level === 'note' ? 'note · ' : ''}<code>${finding.check}</code> in <a href=${link(address.recording, 'requests', null, { operation: finding.operation, sort: 'statements' })}>${finding.operation}</a>
      ${silenced && html` · silenced by headroom.toml`}</p>
    <dl class="figures">
      <${Figure} label="requests">${count(finding.requests)}<//>
      <${Figure} label="avoidable statements a request" note=${`${count(finding.total.statements)} in all`}>${count(finding.perRequest.statements)}<//>
      <${Figure} label="time a request" note=${`${nanos(finding.total.nanos)} in all`}>${nanos(finding.perRequest.nanos)}<//>
      <${Figure} label="rows a request">${count(finding.perRequest.rows)}<//>
      <${Figure} label="bytes a request">${bytes(finding.perRequest.bytes)}<//>
    </dl>
    <h2>How it is known</h2>
    ${fed && html`<${Chain} finding=${finding} />`}
    <ul>${finding.explanation.map(each => html`<li>${each}</li>`)}</ul>
    <h2>${finding.shapes.length === 1 ? 'The statement' : 'The statements'}</h2>
    ${finding.shapes.map(each => html`<pre class="block"><${Sql} text=${each.text} truncated=${each.truncated} /></pre>
      <p><a href=${link(address.recording, 'shapes', each.id)}>everywhere it runs</a></p><${Plan} recording=${address.recording} shape=${each.id} />`)}
    <h2>Where</h2>
    ${finding.callSite ? html`<p><code>${finding.callSite.file}:${finding.callSite.line}</code> in <code>${finding.callSite.function}</code>
      ${finding.callSite.relation && html`, loading <code>${finding.callSite.relation}</code>`}${finding.callSite.field && html`, for <code>${finding.callSite.field}</code>`}</p><${Source} recording=${address.recording} site=${finding.callSite} />`
      : html`<p>The line is not known: the app ran without in-app instrumentation.</p>`}
    <h2>What to do</h2>
    ${finding.fixes.length === 0 && html`<p>Remedy: ${finding.remedy.replaceAll('_', ' ')}.</p>`}
    ${finding.fixes.map(each => html`<div class="fix"><h3>${each.framework}</h3><p>${each.text}</p>
      ${each.code && html`<pre class="block"><code>${each.code}</code></pre><${Copy} text=${each.code} />`}</div>`)}
    ${finding.consequences.length > 0 && html`<h2>What goes away with it <small>what each saves in a request</small></h2><${FindingLines} findings=${finding.consequences} recording=${address.recording} />`}
    <h2>To silence it</h2>
    <p>In <code>headroom.toml</code>, with a reason, and a date after which it is shown again:</p>
    <pre class="block"><code>${silence(finding)}</code></pre><${Copy} text=${silence(finding)} />`;
}

function Chain({ finding }) {
  const { feedColumn, targetColumn, feedValues, timesPerRequest } = finding.details;
  return html`<div class="chain" role="img" aria-label=${`The values of ${feedColumn} in one query's rows are what ${targetColumn} is asked for later`}>
    <div class="source"><strong>one query's rows</strong><code>${feedColumn}</code></div>
    <div class="arrow" aria-hidden="true">→</div>
    <div class="target"><strong>×${count(timesPerRequest)} statements a request</strong><code>${targetColumn} = ?</code></div>
    ${feedValues ? html`<p class="dim">${count(feedValues)} values compared</p>` : ''}</div>`;
}

const inAYear = () => new Date(Date.now() + 365 * 86400000).toISOString().slice(0, 10);

const quoted = text => JSON.stringify(text);

function silence(finding) {
  const lines = ['[[silence]]', `id = ${quoted(finding.id)}`, `# or by what it is: check = ${quoted(finding.check)}, route = ${quoted(finding.operation)}`];
  if (finding.shapes.length) lines.push(`# or by its statement: shape = ${quoted(finding.shapes[0].id)}`);
  if (finding.callSite) lines.push(`# or by where it is: call-site = ${quoted(finding.callSite.file)}`);
  return [...lines, 'reason = "why it stays"', `expires = ${inAYear()}`].join('\n');
}
