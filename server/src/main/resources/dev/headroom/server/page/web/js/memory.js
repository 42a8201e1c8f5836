// Memory with what was going on beneath it.
import { html, Loaded, Empty } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { Chart } from 'headroom/chart';
import { MemoryChart, InFlightChart, Events, highest, marksOf, peakOf } from 'headroom/charts';
import { range } from 'headroom/overview';
import { Table } from 'headroom/table';
import { count, memory, millis, of } from 'headroom/format';

export function Memory({ address }) {
  const series = useAnswer(`recordings/${address.recording}/series`, address.range);
  return html`<h1>Memory</h1><${Loaded} of=${series} what="the samples">${data => {
    if (!data.resident.some(each => each !== null) && !data.group.some(each => each !== null)) {
      return html`<${Empty}>No sample of the app's processes was taken in this time.<//>`;
    }
    const onRange = range(address);
    return html`<div class="charts one"><${MemoryChart} series=${data} onRange=${onRange} height=${260} />
      ${data.heapCommitted.some(each => each !== null) && html`<${Jvm} data=${data} onRange=${onRange} />`}
      <${InFlightChart} series=${data} onRange=${onRange} height=${120} />
      <${Chart} title="Threads, processes and open files" t=${data.t} format=${count} onRange=${onRange} height=${140} marks=${marksOf(data)} series=${[
        { label: 'threads', values: data.threads, color: 'blue' }, { label: 'of them of JVMs', values: data.jvmThreads, color: 'purple', dash: 'long' }, { label: 'processes', values: data.processes, color: 'green', dash: 'dashDot' },
        { label: 'open files', values: data.openFiles, color: 'orange', dash: 'dots' }]} />
</div><${Events} series=${data} />
      <${ByRoute} address=${address} />
      <p class="hint">App: proportional set size of its process tree, where the system tells it; pages shared with others count in part. Resident: they count in full, so several processes look larger than they are.
        ${data.heapCommitted.some(each => each !== null) ? ' JVM: as its processes write it themselves; most collectors do so at each collection, so that "in use" is what a collection left. Code cache and allocation need in-app instrumentation.'
          : ' No heap of a JVM is shown: no Java process told of one, or the recording is older than these figures.'}</p>`;
  }}<//>`;
}

/** What the Java processes told of themselves, all of them together. */
function Jvm({ data, onRange }) {
  const used = highest(data.heapUsed), most = highest(data.heapMax), pauses = sum(data.collections);
  return html`<${Chart} title="JVM heap and metaspace" binary t=${data.t} format=${memory} onRange=${onRange} height=${200} marks=${marksOf(data)}
      summary=${used > 0 ? `${peakOf(data.jvmSamples)} ${memory(used)} of ${memory(most)}` : ''} series=${[
        { label: 'heap in use', values: data.heapUsed, color: 'blue', fill: true }, { label: 'of it old', values: data.heapOld, color: 'purple', dash: 'long' },
        { label: 'committed', values: data.heapCommitted, color: 'green', dash: 'dashDot' }, { label: 'metaspace', values: data.metaspace, color: 'orange', dash: 'dots' },
        { label: 'most heap', values: data.heapMax, color: 'bad', dash: true }]} />
    <${Chart} title="Pauses for garbage collection" t=${data.t} format=${millis} onRange=${onRange} height=${120} marks=${marksOf(data)}
      summary=${`${of(pauses, 'pause', 'pauses')}, ${millis(sum(data.pauseMillis))} in all`} series=${[
        { label: 'time of the pauses', values: data.pauseMillis, color: 'orange', stepped: true }]} />`;
}

const sum = values => values.reduce((all, each) => all + (each || 0), 0);

/** What the app held while requests of each route were in flight: where it is higher, that route may be why. */
function ByRoute({ address }) {
  const routes = useAnswer(`recordings/${address.recording}/routes`, address.range);
  return html`<h2>While a route was in flight</h2><${Loaded} of=${routes} what="the memory by route">${all => {
    const rows = all.filter(each => each.memorySamples > 0);
    if (rows.length === 0) return html`<p class="dim">No sample was taken while a request was in flight: samples come about once a second.</p>`;
    return html`<${Table} caption="The app's memory at the samples taken during requests of a route" rows=${rows} sort="-max" rowKey=${each => each.operation} columns=${[
      { key: 'route', title: 'route', value: each => each.operation },
      { key: 'samples', title: 'samples', number: true, value: each => each.memorySamples, cell: each => count(each.memorySamples) },
      { key: 'median', title: 'median', number: true, value: each => each.memoryMedian, cell: each => memory(each.memoryMedian) },
      { key: 'growth', title: 'first → last', number: true, value: each => each.memoryLast - each.memoryFirst, cell: each => `${memory(each.memoryFirst)} → ${memory(each.memoryLast)}`, help: 'at the first and at the last of these samples; ordered by the difference' },
      { key: 'max', title: 'most', number: true, value: each => each.memoryMax, cell: each => memory(each.memoryMax) }]} />
    <p class="hint">Held then by the whole app, not by the route alone: several routes may have been in flight.</p>`;
  }}<//>`;
}
