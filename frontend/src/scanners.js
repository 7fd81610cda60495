// A hand scanner is a keyboard that types fast and ends with Enter. Whatever it reads, wherever the cursor stands, goes
// to the form #mc-scanned (posted: an ID card's code is personal data and must not stand in an address).
const GAP = 45; // ms between two keys; nobody types an ID card at this speed
const LEAST = 8;
const OURS = /^\d{9,12}\||^https?:\/\/\S+$|^[A-Z0-9][A-Z0-9.]*-\d{6}-\d{3,}/;

export function scanners() {
  const form = document.getElementById('mc-scanned');
  if (!form) return;
  let typed = '';
  let last = 0;
  let before = null;

  document.addEventListener('keydown', (event) => {
    const now = event.timeStamp;
    if (event.key === 'Enter') {
      const text = now - last < GAP * 3 ? typed : '';
      typed = '';
      if (text.length < LEAST || !OURS.test(text)) return;
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
    if (now - last > GAP) { typed = ''; before = event.target.value ?? null; }
    typed += event.key;
    last = now;
  }, true);
}
