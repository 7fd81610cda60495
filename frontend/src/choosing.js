// The bar for several at once appears when something is chosen and says how many.
export function choosing() {
  const bar = document.querySelector('[data-bulk]');
  if (!bar) return;
  const show = () => {
    const boxes = [...document.querySelectorAll('[data-row] input[type=checkbox]')];
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest('[data-row]').classList.toggle('mc-table__row--marked', box.checked);
    bar.hidden = !chosen;
    bar.querySelector('[data-bulk-count]').textContent = bar.dataset.bulk.replace('{count}', chosen);
  };
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-choose-all]')) {
      for (const box of document.querySelectorAll('[data-row] input[type=checkbox]')) box.checked = event.target.checked;
    }
    show();
  });
  show();
}
