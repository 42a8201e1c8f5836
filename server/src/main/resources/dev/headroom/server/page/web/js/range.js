// The time range that charts and tables show, as two fields: for those who can't drag over a chart.
import { html } from 'headroom/ui';
import { offline } from 'headroom/api';

/** Whether a part of the run is chosen; a single file shows all of it. */
export const part = address => !offline && (address.range.from !== undefined || address.range.to !== undefined);

export function Range({ address, length }) {
  const { from, to } = address.range;
  if (offline || !length) return null;
  const chosen = part(address);
  const seconds = value => value === undefined ? '' : +(value / 1000).toFixed(3);
  const input = (label, key, value, hint) => html`<label>${label} <input type="number" min="0" step="any" value=${seconds(value)} placeholder=${hint}
    onChange=${event => address.change({ [key]: event.target.value === '' ? null : Math.round(event.target.value * 1000) })} /> s</label>`;
  return html`<form class=${chosen ? 'range chosen' : 'range'} onSubmit=${event => event.preventDefault()} aria-label="Time range">
    ${input('From', 'from', from, '0')} ${input('to', 'to', to, String(+(length / 1000).toFixed(1)))}
    ${chosen ? html`<span role="status">Only this part of the run is shown.</span> <button type="button" onClick=${() => address.change({ from: null, to: null })}>Show all of it</button>` : html`<span class="dim">of the run</span>`}</form>`;
}
