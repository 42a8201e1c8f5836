// The lines around a call site, out of the project's own file, where this machine has it.
import { html } from 'headroom/ui';
import { useAnswer, offline } from 'headroom/api';

export function Source({ recording, site }) {
  const answer = useAnswer(`recordings/${recording}/source`, { file: site.file, line: site.line }, true);
  if (offline || !answer.data || !answer.data.lines) return null;
  const { first, lines, changed } = answer.data;
  return html`<div class="source-lines" tabindex="0" role="region" aria-label=${`${site.file} from line ${first}`}><pre>${lines.map((text, i) => html`<span class=${first + i === site.line ? 'here' : ''}><span class="n">${first + i}</span>${text}${'\n'}</span>`)}</pre></div>
    ${changed && html`<p class="hint">The file was changed after the run started: the line may have moved.</p>`}`;
}
