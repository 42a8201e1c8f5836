// What was not seen, and why.
import { html, Loaded } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { Table } from 'headroom/table';
import { count, of, percent } from 'headroom/format';

const KNOWN = {
  exact: 'told by in-app instrumentation, or by a trace id that was sent with the very statement',
  likely_alone: 'one request was in flight for the whole of it, and nothing else could have sent it',
  unattributed: 'several requests were in flight, so that its request is not known; run with --one-at-a-time, or with in-app instrumentation',
  set_up: 'part of setting a connection up',
  background: 'sent while no request was in flight'
};

const LOST = [
  ['droppedRequests', 'requests lost before they were recorded'],
  ['droppedQueries', 'statements lost before they were recorded'],
  ['shedDetails', 'statements or requests whose values or columns were left out under load'],
  ['truncatedShapes', 'statements too long to be read whole'],
  ['uninterpretedConnections', 'connections whose bytes were passed on unread'],
  ['unreadableResponses', 'text responses in an encoding that can’t be read: what they showed is not known'],
  ['unreadResponses', 'text responses not read whole, too large or too many at once: what they showed is not known']];

export function Coverage({ address }) {
  const answer = useAnswer(`recordings/${address.recording}/report`);
  return html`<h1>Coverage</h1><p>Missing input must not look clean: this is what was seen, what was not, and why.</p>
    <${Loaded} of=${answer} what="the coverage">${data => {
      const all = Object.values(data.seen.statements).reduce((sum, each) => sum + each, 0);
      const lost = LOST.filter(([key]) => data.seen.captured[key] > 0);
      return html`<${Table} caption="How each statement's request is known" rows=${Object.entries(data.seen.statements)} rowKey=${each => each[0]} columns=${[
          { key: 'how', title: 'known', value: each => each[0], cell: each => each[0].replaceAll('_', ' ') },
          { key: 'count', title: 'statements', number: true, value: each => each[1], cell: each => count(each[1]) },
          { key: 'share', title: 'share', number: true, value: each => each[1], cell: each => all ? percent(each[1] / all) : '–' },
          { key: 'why', title: 'because', text: true, cell: each => KNOWN[each[0]] || '' }]} />
        <p>${count(data.seen.control)} of BEGIN, COMMIT, SET and the like are counted apart. ${count(data.seen.connections)} connections to the database.</p>
        ${data.seen.connections > 0 && html`<p>A connection that a request opened and used first is in its waterfall. Waiting for one of a pool (HikariCP, SQLAlchemy, …) goes on inside the app and is not seen from the wire: it is part of the gap before the statement, and of the app's time.</p>`}
        ${data.jvm && html`<p>What a request allocated, and the code cache, are not among what a JVM tells to the outside: they need instrumentation inside it, which Headroom does not have yet.</p>`}
        <h2>What was lost</h2>
        ${lost.length ? html`<ul>${lost.map(([key, text]) => html`<li><strong>${count(data.seen.captured[key])}</strong> ${text}</li>`)}</ul>` : html`<p>Nothing: every request and statement that was seen is in the recording.</p>`}
        ${data.seen.captured.toldOfNoRequest > 0 && html`<p class="warning">${of(data.seen.captured.toldOfNoRequest, 'statement is', 'statements are')} placed by time alone: the app itself told of ${data.seen.captured.toldOfNoRequest === 1 ? 'it' : 'them'} while requests ran, but Headroom’s instrumentation had seen no request begin in it: a server that it doesn’t know.</p>`}
        ${data.recording.requestsNotShown > 0 && html`<p class="warning">The page shows the latest ${count(data.recording.requests)} requests; ${count(data.recording.requestsNotShown)} older ones are in the findings, not in tables and charts.</p>`}
        ${data.recording.read && !data.recording.finished && html`<p>The run goes on, or was killed: its end is not in the recording.</p>`}
        ${data.jvm && data.jvm.silentProcesses > 0 && html`<p class="warning">The heap of ${of(data.jvm.silentProcesses, 'Java process', 'Java processes')} is not known: ${data.jvm.silentProcesses === 1 ? 'it tells' : 'they tell'} nothing of it (<code>-XX:-UsePerfData</code>, or out of Headroom's reach).</p>`}
        <h2>What each check could judge</h2>
        <${Table} caption="Checks" rows=${data.checks} sort="check" rowKey=${each => each.check} columns=${[
          { key: 'check', title: 'check', value: each => each.check },
          { key: 'judged', title: 'judged', number: true, value: each => each.judged, cell: each => count(each.judged) },
          { key: 'not', title: 'could not', number: true, value: each => each.couldNotJudge, cell: each => html`<span class=${each.couldNotJudge ? 'many' : ''}>${count(each.couldNotJudge)}</span>` },
          { key: 'reason', title: 'because', text: true, cell: each => each.reason || '' }]} />`;
    }}<//>`;
}
