// The time range that charts and tables show, as two fields: for those who can't drag over a chart.
import { html, useEffect, useState } from 'headroom/ui';
import { offline, useAnswer } from 'headroom/api';

const ASK_AGAIN_MILLIS = 250;

/** Whether a part of the run is chosen; a single file shows all of it. */
export const part = address => !offline && (address.range.from !== undefined || address.range.to !== undefined);

/** The findings of the chosen part, or of all of the run, and what its routes cost; asked again while they are being judged. */
export function useFindings(address) {
  const chosen = part(address);
  const answer = useAnswer(`recordings/${address.recording}/${chosen ? 'findings' : 'report'}`, chosen ? address.range : {});
  const judging = answer.data && !answer.data.findings;
  useEffect(() => {
    if (!judging) return undefined;
    const timer = setTimeout(answer.again, ASK_AGAIN_MILLIS);
    return () => clearTimeout(timer);
  }, [answer.data]);
  return { ...answer, judging };
}

export function Range({ address, length }) {
  const { from, to } = address.range;
  // an answer that comes while somebody types must not take away what is typed
  const [typed, setTyped] = useState({});
  if (offline || !length) return null;
  const chosen = part(address);
  const seconds = value => Number.isFinite(+value) ? +(value / 1000).toFixed(3) : '';
  const input = (label, key, value, hint) => html`<label>${label} <input type="number" min="0" step="any" value=${typed[key] ?? seconds(value)} placeholder=${hint}
    onInput=${event => setTyped({ [key]: event.target.value })} onBlur=${() => setTyped({})} onChange=${event => address.change({ [key]: event.target.value === '' ? null : Math.round(event.target.value * 1000) })} /> s</label>`;
  return html`<form class=${chosen ? 'range chosen' : 'range'} onSubmit=${event => event.preventDefault()} aria-label="Time range">
    ${input('From', 'from', from, '0')} ${input('to', 'to', to, String(+(length / 1000).toFixed(1)))}
    ${chosen ? html`<span role="status">Only this part of the run is shown.</span> <button type="button" onClick=${() => address.change({ from: null, to: null })}>Show all of it</button>` : html`<span class="dim">of the run</span>`}</form>`;
}
