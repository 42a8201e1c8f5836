// Memory with what was going on beneath it.
import { html, Loaded, Empty } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { Chart } from 'headroom/chart';
import { MemoryChart, InFlightChart, Events, marksOf } from 'headroom/charts';
import { range } from 'headroom/overview';
import { Table } from 'headroom/table';
import { count, memory } from 'headroom/format';

export function Memory({ address }) {
  const series = useAnswer(`recordings/${address.recording}/series`, address.range);
  return html`<h1>Memory</h1><${Loaded} of=${series} what="the samples">${data => {
    if (!data.resident.some(each => each !== null) && !data.group.some(each => each !== null)) {
      return html`<${Empty}>No sample of the app's processes was taken in this time.<//>`;
    }
    const onRange = range(address);
    return html`<div class="charts one"><${MemoryChart} series=${data} onRange=${onRange} height=${260} />
      <${InFlightChart} series=${data} onRange=${onRange} height=${120} />
      <${Chart} title="Threads, processes and open files" t=${data.t} format=${count} onRange=${onRange} height=${140} marks=${marksOf(data)} series=${[
        { label: 'threads', values: data.threads, color: 'blue' }, { label: 'processes', values: data.processes, color: 'green' },
        { label: 'open files', values: data.openFiles, color: 'orange' }]} /></div><${Events} series=${data} />
      <${ByRoute} address=${address} />
      <p class="hint">App: proportional set size of its process tree, where the system tells it; pages shared with others count in part. Resident: they count in full, so several processes look larger than they are.</p>`;
  }}<//>`;
}

/** What the app held while requests of each route were in flight: where it is higher, that route may be why. */
function ByRoute({ address }) {
  const routes = useAnswer(`recordings/${address.recording}/routes`, address.range);
  const rows = (routes.data || []).filter(each => each.memorySamples > 0);
  return html`<h2>While a route was in flight</h2>${rows.length === 0 ? html`<p class="dim">No sample was taken while a request was in flight: samples come about once a second.</p>`
    : html`<${Table} caption="The app's memory at the samples taken during requests of a route, over the whole run" rows=${rows} sort="-max" rowKey=${each => each.operation} columns=${[
      { key: 'route', title: 'route', value: each => each.operation },
      { key: 'samples', title: 'samples', number: true, value: each => each.memorySamples, cell: each => count(each.memorySamples) },
      { key: 'median', title: 'median', number: true, value: each => each.memoryMedian, cell: each => memory(each.memoryMedian) },
      { key: 'max', title: 'most', number: true, value: each => each.memoryMax, cell: each => memory(each.memoryMax) }]} />
    <p class="hint">Held then by the whole app, not by the route alone: several routes may have been in flight.</p>`}`;
}
