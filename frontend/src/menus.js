// Menus are <details>: a script only closes them when one clicks elsewhere or presses Escape.
export function menus() {
  const open = () => document.querySelectorAll('details.mc-menu[open]:not(.mc-confirm)');
  document.addEventListener('click', (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of open()) { menu.open = false; menu.querySelector('summary').focus(); }
  });
}
