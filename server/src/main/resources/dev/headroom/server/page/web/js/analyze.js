// Runs a statement for real, with recorded values: after its plan was shown, and after a second click that says what will happen.
import { html, useEffect, useRef, useState } from 'headroom/ui';
import { post } from 'headroom/api';
import { nanos } from 'headroom/format';
import { PlanTree } from 'headroom/plan-tree';

export function Analyze({ shape, answer, word }) {
  const [state, setState] = useState({ step: 'offered' });
  const [which, setWhich] = useState(answer.executions[0].which);
  const question = useRef(null);
  useEffect(() => { if (state.step === 'asked') question.current.focus(); }, [state.step]);
  const run = () => {
    setState({ step: 'running' });
    post(`analyze?shape=${shape}&offer=${answer.offer}&execution=${which}`, word).then(
      data => setState({ step: 'done', data }), error => setState({ step: 'done', error: error.message }));
  };
  const different = answer.executions.filter((each, i) => i === 0 || each.nanos !== answer.executions[0].nanos);
  return html`<div class="analyze">
    ${state.step === 'offered' && html`<button onClick=${() => setState({ step: 'asked' })}>Run it for real (EXPLAIN ANALYZE)…</button>`}
    ${state.step === 'asked' && html`<div class="confirm" role="group" aria-label="Run it for real?" tabindex="-1" ref=${question}>
      <p><strong>The statement will be executed</strong> on the database <code>${answer.executions[0].database}</code>, with values that a user of the app sent:
        in a read-only transaction that is rolled back, ended after ${answer.seconds} s (statement_timeout). It makes the database work as the app did. Refused if it may do more than read.</p>
      ${different.length > 1 && html`<p><label>With the values of <select value=${which} onChange=${event => setWhich(event.target.value)}>
        ${different.map(each => html`<option value=${each.which}>the ${each.which} execution (${nanos(each.nanos)})</option>`)}</select></label></p>`}
      <p><button class="go" onClick=${run}>Execute it</button> <button onClick=${() => setState({ step: 'offered' })}>Leave it</button></p></div>`}
    <div aria-live="polite">${state.step === 'running' && html`<p>The database executes it…</p>`}
      ${state.step === 'done' && state.error && html`<p class="bad">${state.error}</p>`}
      ${state.step === 'done' && state.data && html`${state.data.plan && html`<${PlanTree} text=${state.data.plan} />`}<p class="hint">${state.data.note}</p>
        <p class="hint">For another run, explain again.</p>`}</div></div>`;
}
