// Findings as lines: what, where, how it is known, and in columns what it saves. The same lines on every view.
import { html, Evidence, useEffect, useState } from 'headroom/ui';
import { link } from 'headroom/address';
import { Sql } from 'headroom/sql';
import { bytes, count, nanos } from 'headroom/format';

/** A title that also names the tables, since one route often has several findings of one check. */
export function titleOf(finding) {
  const tables = (finding.shapes[0] || { tables: [] }).tables;
  return tables.length && !tables.some(each => finding.title.includes(each)) ? `${tables[0]}: ${finding.title}` : finding.title;
}

const place = site => `${site.file}${site.line > 0 ? ':' + site.line : ''}`;

const plus = (one, two) => ({ statements: one.statements + two.statements, nanos: one.nanos + two.nanos, bytes: one.bytes + two.bytes });

/** What a finding and those that go away with it save: that is what they are sorted by. */
const saving = (finding, part) => (finding.consequences || []).reduce((sum, each) => plus(sum, saving(each, part)), finding[part]);

export function FindingLines({ findings, recording, most = Infinity, numbered = false }) {
  const [all, setAll] = useState(false);
  useEffect(() => {
    // paper has no button for the rest
    const whole = () => setAll(true);
    addEventListener('beforeprint', whole);
    return () => removeEventListener('beforeprint', whole);
  }, []);
  const shown = all ? findings : findings.slice(0, most);
  const dearest = findings.reduce((top, each) => Math.max(top, saving(each, 'total').nanos), 1);
  return html`<ol class="findings">${shown.map((each, i) => html`<li class="finding" key=${each.id}>
      ${numbered && html`<span class="rank" aria-hidden="true">${i + 1}</span>`}
      <div class="what"><h3><a href=${link(recording, 'finding', each.id)}>${titleOf(each)}</a></h3>
        <p class="facts"><${Evidence} word=${each.evidence} /> <span>${each.operation}</span>
          ${each.callSite && html`<code>${place(each.callSite)}</code>`}</p>
        ${each.shapes.length > 0 && html`<${Sql} text=${each.shapes[0].text} one />`}</div>
      <${Saving} finding=${each} dearest=${dearest} /></li>`)}</ol>
    ${findings.length > most && html`<button class="more" aria-expanded=${all} onClick=${() => setAll(!all)}>${all ? `Show the ${most} dearest` : `Show all ${count(findings.length)}`}</button>`}`;
}

function Saving({ finding, dearest }) {
  const { statements, nanos: time, bytes: data } = saving(finding, 'perRequest');
  const { nanos: total, bytes: whole } = saving(finding, 'total');
  return html`<dl class="saving" aria-label="saved in each request">
    <div><dt>statements</dt><dd>${statements ? `−${count(statements)}` : '–'}</dd></div>
    <div><dt>time</dt><dd>${time ? `−${nanos(time)}` : '–'}</dd></div>
    <div><dt>data</dt><dd>${data ? `−${bytes(data)}` : '–'}</dd></div>
    <div class="total"><dt>in ${count(finding.requests)} requests</dt><dd>${total ? nanos(total) : bytes(whole)}
      <i class="bar" aria-hidden="true"><svg width="100%" height="4"><rect width=${`${Math.max(1, total / dearest * 100)}%`} height="4" rx="2" /></svg></i></dd></div></dl>`;
}
