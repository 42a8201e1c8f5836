// The frame: which recording, which view, and whether the run goes on.
import { html, render, Component, Loaded, useEffect, useRef } from 'headroom/ui';
import { useAddress, link } from 'headroom/address';
import { useAnswer, useConnected, offline } from 'headroom/api';
import { Range } from 'headroom/range';
import { Overview } from 'headroom/overview';
import { Routes } from 'headroom/routes';
import { Requests } from 'headroom/requests';
import { Request } from 'headroom/request';
import { Shapes } from 'headroom/shapes';
import { FindingView } from 'headroom/finding';
import { Memory } from 'headroom/memory';
import { Compare } from 'headroom/compare';
import { Coverage } from 'headroom/coverage';

const VIEWS = { overview: Overview, routes: Routes, requests: Requests, request: Request, shapes: Shapes, finding: FindingView,
  memory: Memory, compare: Compare, coverage: Coverage };
const TABS = [['overview', 'Overview'], ['routes', 'Routes'], ['requests', 'Requests'], ['shapes', 'Statements'], ['memory', 'Memory'],
  ['compare', 'Compare'], ['coverage', 'Coverage']];
const RANGED = ['routes', 'requests', 'shapes', 'memory'];
const BELONGS = { request: 'requests', finding: 'overview' };

function App() {
  const address = useAddress();
  const list = useAnswer('recordings');
  const connected = useConnected();
  const main = useRef(null);
  const recordings = list.data || [];
  const here = recordings[address.recording];
  const View = VIEWS[address.view] || Overview;
  const page = `${address.recording}/${address.view}/${address.id}`;
  useEffect(() => {
    document.title = `Headroom: ${address.view}${here ? ' – ' + here.file : ''}`;
  }, [page, here && here.file]);
  const firstPage = useRef(page);
  useEffect(() => {
    if (firstPage.current !== page) { firstPage.current = null; main.current.focus(); scrollTo(0, 0); }
  }, [page]);
  return html`<a class="skip" href="#main" onClick=${event => { event.preventDefault(); main.current.focus(); }}>Skip to the content</a>
    <header><div class="brand"><a href=${link(address.recording, 'overview')}><svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M2 3h14M5 15V8M9 15V6M13 15v-5" /></svg>Headroom</a></div>
      <nav aria-label="Views">${TABS.map(([view, title]) => (view !== 'compare' || recordings.length > 1) && html`<a href=${link(address.recording, view)}
        aria-current=${(BELONGS[address.view] || address.view) === view ? 'page' : undefined}>${title}</a>`)}</nav>
      <${Which} address=${address} recordings=${recordings} connected=${connected} /></header>
    <main id="main" tabindex="-1" ref=${main}>
      ${!connected && html`<p class="warning" role="status">The connection to this page's server is lost: the headroom that served it may have ended. What is shown is from before; when the server comes back, the page goes on.</p>`}
      ${list.error && html`<${Loaded} of=${list} what="the recording" heading="Recording" />`}
      ${!list.error && here && here.error && html`<div class="state error" role="alert"><strong>The recording could not be read to its end.</strong> ${here.error}</div>`}
      ${here && !here.read && html`<p class="warning" role="status">Reading the recording…</p>`}
      ${RANGED.includes(address.view) && html`<${Range} address=${address} length=${here && here.lengthMillis} />`}
      ${!list.error && html`<${Boundary} key=${page}><${View} address=${address} recordings=${recordings} /><//>`}
    </main>
    <footer>${here && html`<code>${here.command || 'no command was recorded'}</code>`} <span class="screen">${offline ? 'A single-file report.' : 'Served from this machine; nothing leaves it.'}</span></footer>`;
}

function Which({ address, recordings, connected }) {
  const here = recordings[address.recording];
  return html`<div class="which">${recordings.length > 1 ? html`<label><span class="sr">Recording</span><select value=${address.recording}
      onChange=${event => { location.hash = link(event.target.value, address.view === 'compare' ? 'compare' : 'overview'); }}>
      ${recordings.map((each, i) => html`<option value=${i}>${each.file}</option>`)}</select></label>` : here && html`<span>${here.file}</span>`}
    ${here && html`<${State} ended=${here.finished || offline} connected=${connected} />`}</div>`;
}

/** By its word and its shape, not by colour alone. */
const State = ({ ended, connected }) => !connected ? html`<span class="lost" role="status">connection lost</span>`
  : html`<span class=${ended ? 'ended' : 'live'} role="status">${ended ? 'ended' : 'live'}</span>`;

class Boundary extends Component {
  componentDidCatch(error) { this.setState({ error: String(error && error.message || error) }); }
  render({ children }, { error }) {
    return error ? html`<div class="state error" role="alert"><strong>This view failed.</strong> ${error}</div>` : children;
  }
}

render(html`<${App} />`, document.getElementById('app'));
