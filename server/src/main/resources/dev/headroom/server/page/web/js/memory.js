// Memory with what was going on beneath it.
import { html, Loaded, Empty } from 'headroom/ui';
import { useAnswer } from 'headroom/api';
import { Chart } from 'headroom/chart';
import { MemoryChart, InFlightChart, Events, marksOf } from 'headroom/charts';
import { range } from 'headroom/overview';
import { count } from 'headroom/format';

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
      <p class="hint">App: proportional set size of its process tree, where the system tells it; pages shared with others count in part. Resident: they count in full, so several processes look larger than they are.</p>`;
  }}<//>`;
}
