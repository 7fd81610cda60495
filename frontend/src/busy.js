// The one signal that the system is working (TT 21/2023 PL6-5): after 200 ms of silence, on every page the same.
const SILENCE = 200;
let waiting = 0;
let timer;

const signal = () => document.getElementById('mc-busy');

export function working() {
  waiting += 1;
  timer ??= setTimeout(() => { const shown = signal(); if (shown) shown.hidden = false; }, SILENCE);
  document.body.setAttribute('aria-busy', 'true');
}

export function done() {
  waiting = Math.max(0, waiting - 1);
  if (waiting) return;
  clearTimeout(timer);
  timer = undefined;
  const shown = signal();
  if (shown) shown.hidden = true;
  document.body.removeAttribute('aria-busy');
}

/** True when the click leads this window to another page. */
function leaves(event, link) {
  return event.button === 0 && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey &&
    !event.altKey && !link.target && !link.hasAttribute('download') && link.origin === location.origin &&
    !(link.hash && link.pathname === location.pathname && link.search === location.search);
}

export function busy() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (link && leaves(event, link)) working();
  });
  document.addEventListener('submit', (event) => {
    if (!event.defaultPrevented && !event.target.target && !event.target.hasAttribute('data-quiet')) working();
  });
  document.addEventListener('htmx:beforeRequest', working);
  document.addEventListener('htmx:afterRequest', done);
  window.addEventListener('pageshow', () => { waiting = 0; done(); });
  // A link that turned out to be a download leaves the page standing: the signal must not stay for ever.
  window.addEventListener('focus', () => { waiting = 0; done(); });
}
