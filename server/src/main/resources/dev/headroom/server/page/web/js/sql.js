// SQL with its words told apart and its clauses on lines of their own. Everything stays text.
import { html } from 'headroom/ui';

const WORDS = new Set(('select from where and or not in is null as on join left right inner outer full cross group order by having '
  + 'limit offset insert into values update set delete returning with union all distinct case when then else end exists '
  + 'between like ilike asc desc over partition for share nowait begin commit rollback savepoint using fetch first next row rows only').split(' '));
const TOKEN = /("(?:[^"]|"")*"|'(?:[^']|'')*'|\d+(?:\.\d+)?|\w+|\s+|[^\w\s])/g;
const CLAUSE = /\s+(?=(?:from|where|(?:(?:natural|left|right|inner|full|cross|outer) )*join|group by|order by|having|limit|offset|fetch|values|returning|set|union)\b)(?<!\b(?:natural|left|right|inner|full|cross|outer|delete)\s+)/gi;

/** Its clauses on lines of their own. */
export const lines = text => text.replace(CLAUSE, '\n');

export function Sql({ text, short = false, one = false, truncated = false }) {
  const laid = short || one || text.length > 20000 ? text : lines(text);
  const tokens = laid.slice(0, 20000).match(TOKEN) || [];
  if (!text) return html`<code class="sql dim">(empty statement)</code>`;
  const parts = tokens.map(token => WORDS.has(token.toLowerCase()) ? html`<b>${token}</b>`
    : token[0] === '"' ? html`<i>${token}</i>` : token === '?' ? html`<u>?</u>` : token);
  return html`<code class=${one ? 'sql one' : short ? 'sql short' : 'sql'} title=${short || one ? text.slice(0, 2000) : undefined}>${parts}${truncated ? ' … (cut: longer than is kept)' : ''}</code>`;
}
