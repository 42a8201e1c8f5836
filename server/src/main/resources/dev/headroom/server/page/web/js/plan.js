// How the database would run a statement: asked for by a click only, while the run goes on.
import { html, useState } from 'headroom/ui';
import { Analyze } from 'headroom/analyze';
import { useAnswer, offline, post } from 'headroom/api';

export function Plan({ recording, shape }) {
  const page = useAnswer('page', {}, true);
  const [state, setState] = useState({});
  if (offline || !page.data) return null;
  if (!page.data.planWord) return html`<p class="hint screen">How the database runs it (EXPLAIN) can be asked for on the page of a run that still goes on, without --page-path.</p>`;
  const ask = () => {
    setState({ asking: true });
    post(`plan?recording=${recording}&shape=${shape}`, page.data.planWord).then(data => setState({ data }), error => setState({ error: error.message }));
  };
  return html`<div class="plan"><button onClick=${ask} disabled=${state.asking}>${state.asking ? 'Asking the database…' : state.data ? 'Explain again' : 'Explain'}</button>
    ${!state.data && !state.error && html` <span class="hint">asks the database for its plan; executes nothing</span>`}
    <div aria-live="polite">${state.error && html`<p class="bad">${state.error}</p>`}
      ${state.data && html`${state.data.plan && html`<pre class="block" tabindex="0" aria-label="The plan"><code>${state.data.plan}</code></pre>`}<p class="hint">${state.data.note}</p>`}</div>
    ${state.data && state.data.offer && html`<${Analyze} key=${state.data.offer} shape=${shape} answer=${state.data} word=${page.data.planWord} />`}</div>`;
}
