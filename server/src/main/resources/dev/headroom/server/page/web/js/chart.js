// One chart over time, with the same figures as a table for those who don't see it.
import { html, useEffect, useRef } from 'headroom/ui';
import uPlot from 'uplot';

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000];
const BINARY = Array.from({ length: 30 }, (each, i) => 2 ** (i + 12));

/** How much larger letters are than on an ordinary screen: a chart grows with them. */
const zoom = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 15;

/** Tells when the scheme changes: a canvas keeps the colours that it was drawn in. */
const DARK = matchMedia('(prefers-color-scheme: dark)');

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Lines whose colours some eyes can't tell apart differ in their pattern as well. */
const PATTERNS = { true: [6, 4], dots: [2, 3], long: [12, 4], dashDot: [9, 3, 2, 3] };

/** series: [{ label, values, color, fill, dash: a pattern's name, stepped }], marks: [{ t, text }], t in milliseconds of the run. */
export function Chart({ title, t, series, marks = [], format, onRange, height = 150, summary, whole, binary }) {
  const place = useRef(null);
  const kept = useRef({});
  Object.assign(kept.current, { marks, onRange });
  const shown = series.filter(each => each.values.some(value => value !== null));
  const shape = JSON.stringify(shown.map(each => each.label));
  useEffect(() => {
    if (!shown.length) return undefined;
    const plot = new uPlot(options(title, shown, format, height, place.current, kept, whole, binary), data(t, shown), place.current);
    kept.current.plot = plot;
    const sized = new ResizeObserver(() => plot.setSize({ width: place.current.clientWidth, height: height * zoom() }));
    sized.observe(place.current);
    const redraw = () => plot.redraw();
    DARK.addEventListener('change', redraw);
    return () => { DARK.removeEventListener('change', redraw); sized.disconnect(); plot.destroy(); kept.current.plot = null; };
  }, [shape, title, height]);
  useEffect(() => {
    if (!kept.current.plot || !shown.length) return;
    kept.current.plot.setData(data(t, shown));
    place.current.dataset.until = t[t.length - 1];
  }, [t, series]);
  return html`<figure class="chart">
    <figcaption>${title}${summary && html` <small>${summary}</small>`}
      <span class="legend">${shown.map(each => html`<span><svg class=${`swatch ${each.color}`} width="26" height="4" aria-hidden="true"><line x2="26" y1="2" y2="2" stroke="currentColor" stroke-width="3" stroke-dasharray=${PATTERNS[each.dash] && PATTERNS[each.dash].join(' ')} /></svg>${each.label}</span>`)}</span></figcaption>
    ${shown.length ? html`<div ref=${place} class="plot" aria-hidden="true"></div>` : html`<p class="nothing">Nothing was measured in this time.</p>`}
    ${shown.length ? html`<${ChartTable} title=${title} t=${t} series=${shown} format=${format} />` : null}
  </figure>`;
}

function data(t, series) {
  return [t.map(each => each / 1000), ...series.map(each => each.values)];
}

function options(title, series, format, height, element, kept, whole, binary) {
  const grid = { stroke: () => css('--line'), width: 1 }, larger = zoom(), font = `${Math.round(11 * larger)}px system-ui`;
  const axis = { stroke: () => css('--dim'), grid, ticks: grid, font, labelFont: font };
  return {
    width: element.clientWidth || 600, height: height * larger, title: '', legend: { show: false },
    cursor: { sync: { key: 'headroom' }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    scales: { x: { time: false }, y: { range: (u, min, max) => [0, max > 0 ? max * 1.08 : 1] } },
    axes: [{ ...axis, size: 26 * larger, space: 70 * larger, values: (u, ticks) => ticks.map(each => `${+each.toFixed(2)} s`) },
      { ...axis, size: 64 * larger, space: 34 * larger, incrs: whole ? STEPS : binary ? BINARY : undefined, values: (u, ticks) => ticks.map(each => format(each)) }],
    series: [{}, ...series.map(each => ({ label: each.label, stroke: () => css(`--${each.color}`), width: each.dash === true ? 1.5 : 2,
      dash: PATTERNS[each.dash], fill: each.fill ? () => css(`--${each.color}-fill`) : undefined,
      spanGaps: true, points: { show: !each.stepped && each.values.filter(value => value !== null).length < 30, size: 4 },
      paths: each.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined }))],
    hooks: {
      draw: [plot => drawMarks(plot, kept.current.marks)],
      setSelect: [plot => {
        if (plot.select.width > 4 && kept.current.onRange) {
          const from = plot.posToVal(plot.select.left, 'x'), to = plot.posToVal(plot.select.left + plot.select.width, 'x');
          kept.current.onRange(Math.round(from * 1000), Math.round(to * 1000));
        }
        plot.setSelect({ width: 0, height: 0, left: 0, top: 0 }, false);
      }]
    }
  };
}

function drawMarks(plot, marks) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.setLineDash([3, 3]);
  for (const mark of marks) {
    ctx.strokeStyle = css(mark.calm ? '--dim' : '--bad');
    const x = plot.valToPos(mark.t / 1000, 'x', true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) {
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.fillStyle = ctx.strokeStyle;
      ctx.beginPath();
      ctx.moveTo(x - 4 * devicePixelRatio, bbox.top - 1);
      ctx.lineTo(x + 4 * devicePixelRatio, bbox.top - 1);
      ctx.lineTo(x, bbox.top + 6 * devicePixelRatio);
      ctx.fill();
    }
  }
  ctx.restore();
}

/** At most 24 of the moments. */
function ChartTable({ title, t, series, format }) {
  const step = Math.max(1, Math.ceil(t.length / 24));
  const rows = t.map((each, i) => i).filter(i => i % step === 0 && series.some(each => each.values[i] !== null));
  return html`<details class="as-table"><summary>Table of ${/^[A-Z]{2}/.test(title) ? title : title.toLowerCase()}</summary><div class="scroll" tabindex="0" role="region" aria-label=${'Table of ' + title}><table>
    <caption>${title}</caption>
    <thead><tr><th scope="col">since start</th>${series.map(each => html`<th scope="col" class="number">${each.label}</th>`)}</tr></thead>
    <tbody>${rows.map(i => html`<tr><th scope="row">${(t[i] / 1000).toFixed(1)} s</th>${series.map(each => html`<td class="number">${each.values[i] === null ? '–' : format(each.values[i])}</td>`)}</tr>`)}</tbody>
  </table></div></details>`;
}
