// <button data-copy="text" data-copied="Đã chép">: hidden until there is a script.
export function copying() {
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) {
      if (event.target.closest('[data-print]')) window.print();
      return;
    }
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      const words = button.querySelector('[data-copy-words]');
      const before = words.textContent;
      words.textContent = button.dataset.copied;
      setTimeout(() => { words.textContent = before; }, 2_000);
    } catch { getSelection().selectAllChildren(button.parentElement.querySelector('code')); }
  });
}
