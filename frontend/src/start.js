import { busy } from './busy.js';
import { copying } from './copying.js';
import { draft } from './draft.js';
import { live } from './live.js';
import { menus } from './menus.js';
import { once } from './once.js';
import { camera } from './camera.js';
import { upload } from './upload.js';

const begun = new WeakSet(); // htmx hands over the whole body once as well

/** Begins what belongs to single elements; called again for every part that htmx brings. */
export function begin(part) {
  const each = (selector, act) => {
    for (const found of [part, ...part.querySelectorAll(selector)]) {
      if (!found.matches?.(selector) || begun.has(found)) continue;
      begun.add(found);
      act(found);
    }
  };
  each('form[data-draft]', draft);
  each('form[data-upload]', upload);
  each('[data-camera]', camera);
  each('[data-live]', live);
  each('[data-show]', (button) => { button.hidden = false; });
}

/** Begins the page: GOV.UK's own components, then ours. */
export function start(components) {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported');
  for (const Component of components) {
    for (const found of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
      try { new Component(found); } catch { /* a component that cannot start leaves plain HTML, which works */ }
    }
  }
  once();
  busy();
  menus();
  copying();
  begin(document);
}
