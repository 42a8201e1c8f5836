// An executed plan (EXPLAIN's JSON) as a table: what each step did, and where the planner was wrong.
import { html } from 'headroom/ui';
import { bytes, count, nanos } from 'headroom/format';

const BLOCK = 8192;
const CONDITIONS = ['Index Cond', 'Recheck Cond', 'Hash Cond', 'Merge Cond', 'Join Filter', 'Filter', 'One-Time Filter', 'Function Call'];
const REMOVED = ['Rows Removed by Filter', 'Rows Removed by Join Filter', 'Rows Removed by Index Recheck'];

export function PlanTree({ text }) {
  const whole = parse(text);
  if (!whole) return html`<pre class="block" tabindex="0" aria-label="What the database did"><code>${text}</code></pre>`;
  const steps = [];
  flatten(whole.Plan, 0, steps);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="What the database did"><table class="steps"><caption>What the database did, step by step: time without the steps below it, pages read with them</caption>
    <thead><tr><th scope="col">step</th><th scope="col" class="number">time</th><th scope="col" class="number">rows</th><th scope="col" class="number">expected</th><th scope="col" class="number">times</th><th scope="col" class="number">read</th></tr></thead>
    <tbody>${steps.map(({ node, depth, own }) => html`<tr><th scope="row" style=${{ paddingLeft: `${.5 + depth * 1.1}rem` }}>${title(node)}${details(node).map(each => html`<small>${each}</small>`)}</th>
      <td class="number">${own === null ? '' : nanos(own * 1e6)}</td><td class=${`number ${wrong(node) ? 'wrong' : ''}`}>${count(Math.round(node['Actual Rows'] || 0))}</td>
      <td class="number">${count(node['Plan Rows'] || 0)}</td><td class="number">${count(node['Actual Loops'] || 0)}</td><td class="number">${read(node)}</td></tr>`)}</tbody></table></div>
    <p>Planning ${nanos((whole['Planning Time'] || 0) * 1e6)}, execution ${nanos((whole['Execution Time'] || 0) * 1e6)}.</p>`;
}

function parse(text) {
  try {
    const [whole] = JSON.parse(text);
    return whole && whole.Plan ? whole : null;
  } catch {
    return null;
  }
}

function flatten(node, depth, steps) {
  const total = each => (each['Actual Total Time'] || 0) * (each['Actual Loops'] || 0);
  const below = node.Plans || [];
  // workers run beside each other, so their times do not add up
  const parallel = (node['Workers Launched'] || 0) > 0 || node['Parallel Aware'];
  steps.push({ node, depth, own: parallel ? null : Math.max(0, total(node) - below.reduce((sum, each) => sum + total(each), 0)) });
  below.forEach(each => flatten(each, depth + 1, steps));
}

const title = node => [node['Node Type'], node['Index Name'] && `using ${node['Index Name']}`,
  node['Relation Name'] && `on ${node['Relation Name']}`, node['Subplan Name'] && `(${node['Subplan Name']})`].filter(Boolean).join(' ');

const details = node => [...CONDITIONS.filter(key => node[key]).map(key => `${key}: ${node[key]}`),
  ...REMOVED.filter(key => node[key]).map(key => `${key.toLowerCase()}: ${count(node[key])} each time`),
  ...(node['Sort Method'] ? [`sorted by ${node['Sort Method']}, ${count(node['Sort Space Used'])} kB of ${String(node['Sort Space Type']).toLowerCase()}`] : [])];

/** Ten times more or fewer rows than expected: what the planner chose may be the wrong plan. */
function wrong(node) {
  const [actual, expected] = [(node['Actual Rows'] || 0) + 1, (node['Plan Rows'] || 0) + 1];
  return node['Actual Loops'] > 0 && (actual / expected > 10 || expected / actual > 10);
}

function read(node) {
  const hit = node['Shared Hit Blocks'] || 0;
  const disk = node['Shared Read Blocks'] || 0;
  return hit + disk === 0 ? '' : `${bytes((hit + disk) * BLOCK)}${disk ? `, ${bytes(disk * BLOCK)} not cached` : ''}`;
}
