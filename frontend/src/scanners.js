// A hand scanner is a keyboard that types fast and ends with Enter. Whatever it reads, wherever the cursor stands, goes
// to the form #mc-scanned (posted: an ID card's code is personal data and must not stand in an address).
const PAUSE = 300; // ms without a key: what came before belongs to something else
const SPEED = 45; // ms a key on average; nobody types an ID card this fast
const LEAST = 8;
const OURS = /^\d{9,12}\||^https?:\/\/\S+$|^[A-Z0-9][A-Z0-9.]*-\d{6}-\d{3,}/;

export function scanners() {
  const form = document.getElementById('mc-scanned');
  if (!form) return;
  let typed = '';
  let first = 0;
  let last = 0;
  let before = null;

  document.addEventListener('keydown', (event) => {
    const now = event.timeStamp;
    if (event.key === 'Enter') {
      const text = now - last < PAUSE ? typed : '';
      typed = '';
      if (text.length < LEAST || (last - first) / (text.length - 1) > SPEED || !OURS.test(text)) return;
      const field = event.target.closest('input, textarea');
      if (field?.closest('[data-scan]')) return; // the scan box takes it itself
      event.preventDefault();
      event.stopImmediatePropagation();
      if (field && before !== null) field.value = before;
      form.elements.text.value = text;
      form.requestSubmit();
      return;
    }
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
    if (!typed || now - last > PAUSE) { typed = ''; first = now; before = event.target.value ?? null; }
    typed += event.key;
    last = now;
  }, true);
}
