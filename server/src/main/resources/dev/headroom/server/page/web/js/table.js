// A table that sorts by its columns and is read well by screen readers and on narrow screens.
import { html, useState } from 'headroom/ui';

/**
 * columns: [{ key, title, value(row) for sorting, cell(row) for showing, number, text: of more than a word, help }]
 * sort: the key of the column sorted by, with a leading '-' for the largest first; onSort is told of another, which is to be
 * given back as sort. Without it the table keeps that for itself.
 */
export function Table({ caption, columns, rows, sort, onSort, rowKey, most = 500 }) {
  const [own, setOwn] = useState(sort || '');
  const by = onSort ? sort : own;
  const down = by.startsWith('-');
  const column = columns.find(each => each.key === by.replace('-', ''));
  const sorted = column ? [...rows].sort(order(column, down)) : rows;
  const choose = each => {
    const next = by === '-' + each.key ? each.key : by === each.key || each.number ? '-' + each.key : each.key;
    (onSort || setOwn)(next);
  };
  return html`<div class=${columns.length < 4 ? 'scroll few' : 'scroll cards'} tabindex="0" role="region" aria-label=${caption}><table>
    <caption>${caption}</caption>
    <thead><tr>${columns.map(each => html`<th scope="col" class=${each.number ? 'number' : ''}
      aria-sort=${column === each ? (down ? 'descending' : 'ascending') : 'none'}>
      ${each.value ? html`<button title=${each.help} onClick=${() => choose(each)}>${each.title}<span aria-hidden="true"
        class="arrow">${column === each ? (down ? '▾' : '▴') : ''}</span></button>` : html`<span title=${each.help}>${each.title}</span>`}
    </th>`)}</tr></thead>
    <tbody>${sorted.slice(0, most).map(row => html`<tr key=${rowKey && rowKey(row)}>${columns.map((each, i) => i === 0
      ? html`<th scope="row">${show(each, row)}</th>`
      : html`<td class=${each.number ? 'number' : each.text ? 'text' : ''} data-title=${each.title}>${show(each, row)}</td>`)}</tr>`)}</tbody>
  </table>${sorted.length > most && html`<p class="more">and ${sorted.length - most} more</p>`}</div>`;
}

const show = (column, row) => column.cell ? column.cell(row) : column.value(row);

function order(column, down) {
  return (a, b) => {
    const one = column.value(a), other = column.value(b);
    const result = typeof one === 'string' ? one.localeCompare(other) : (one ?? -Infinity) - (other ?? -Infinity);
    return down ? -result : result;
  };
}
