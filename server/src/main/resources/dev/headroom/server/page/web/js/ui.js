// The few things that every view needs: elements, hooks, and the states of what is still to come.
import { h, render, Component, Fragment } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import htm from 'htm';

export const html = htm.bind(h);
export { Component, Fragment, render, useEffect, useLayoutEffect, useMemo, useRef, useState };

/** Shows children once data is there; says so while it is loading or where it failed, below a heading where the view has none of its own then. */
export function Loaded({ of, children, what, heading }) {
  const above = heading && html`<h1>${heading}</h1>`;
  if (of.error) {
    return html`${above}<div class="state error" role="alert"><strong>${what[0].toUpperCase() + what.slice(1)} could not be shown.</strong> ${of.error}
      <p><button onClick=${of.again}>Try again</button></p></div>`;
  }
  if (!of.data) return html`${above}<div class="state" role="status">Loading ${what}…</div>`;
  return children(of.data);
}

export function Empty({ children }) {
  return html`<div class="state empty">${children}</div>`;
}

export function Evidence({ word }) {
  const meaning = { proven: 'what was captured leaves no other explanation',
    likely: 'what was captured fits, and other explanations are rarer', hint: 'worth a look' };
  return html`<span class=${`evidence ${word}`} title=${meaning[word]}>${word}</span>`;
}

export function Figure({ label, children, note }) {
  return html`<div class="figure"><dt>${label}</dt><dd>${children}${note && html`<small>${note}</small>`}</dd></div>`;
}

export function Copy({ text }) {
  const [done, setDone] = useState(false);
  const copy = () => navigator.clipboard.writeText(text).then(() => setDone(true), () => setDone(false));
  return html`<button class="copy" onClick=${copy}>${done ? 'Copied' : 'Copy'}</button>`;
}
