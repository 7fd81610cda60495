// Everything by keyboard on the desk: / search, j k move, o open, x choose, ? help. A person can switch it off
// (WCAG 2.1.4); the choice is kept in this browser.
const OFF = 'motcua-keys-off';
const typing = (element) => element.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');

const rows = () => [...document.querySelectorAll('[data-keys-list] [data-row]')];

function move(step) {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, here < 0 && step < 0 ? 0 : here + step))];
  next?.querySelector('[data-open], a[href]')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

const current = () => rows().find((row) => row.contains(document.activeElement));

const ACTS = {
  '/': () => document.querySelector('[data-search]')?.focus(),
  j: () => move(1),
  k: () => move(-1),
  o: () => current()?.querySelector('[data-open], a[href]')?.click(),
  x: () => current()?.querySelector('input[type=checkbox]')?.click(),
  '?': () => document.getElementById('mc-keys')?.showModal(),
};

export function keys() {
  document.querySelector('[data-keys-help]')?.addEventListener('click', ACTS['?']);
  const off = document.querySelector('[data-keys-off]');
  if (off) {
    off.checked = localStorage.getItem(OFF) === 'yes';
    off.addEventListener('change', () => localStorage.setItem(OFF, off.checked ? 'yes' : 'no'));
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (localStorage.getItem(OFF) === 'yes' || document.querySelector('dialog[open]')) return;
    const act = ACTS[event.key];
    if (act) { event.preventDefault(); act(); }
  });
}
