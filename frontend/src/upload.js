// Says at once when a file is too large or of the wrong kind, and how far a sending file is.
//
// <form data-upload data-max-bytes="…" data-types=".pdf,.jpg" data-too-large="…{name}…{limit}…" data-wrong-type="…{name}…">
import { done, working } from './busy.js';
import { release } from './once.js';

function problem(form, file) {
  const types = (form.dataset.types ?? '').split(',').filter(Boolean);
  const name = file.name.toLowerCase();
  if (types.length && !types.some((type) => name.endsWith(type))) return form.dataset.wrongType.replace('{name}', file.name);
  if (file.size > Number(form.dataset.maxBytes || Infinity)) return form.dataset.tooLarge.replace('{name}', file.name);
  return '';
}

export function upload(form) {
  const said = form.querySelector('[data-upload-said]');
  const bar = form.querySelector('progress');

  form.addEventListener('change', (event) => {
    if (event.target.type !== 'file') return;
    const found = [...event.target.files].map((file) => problem(form, file)).filter(Boolean);
    if (said) said.textContent = found.join(' ');
    event.target.setCustomValidity(found.join(' '));
    if (!found.length && form.hasAttribute('data-upload-at-once') && event.target.files.length) form.requestSubmit();
  });

  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    if (!form.checkValidity()) { event.preventDefault(); release(form); form.reportValidity(); return; }
    event.preventDefault();
    send(form, bar, event.submitter);
  });
}

function send(form, bar, button) {
  const body = new FormData(form);
  if (button?.name) body.append(button.name, button.value);
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  if (bar) bar.hidden = false;
  request.upload.addEventListener('progress', (event) => { if (bar && event.lengthComputable) bar.value = (100 * event.loaded) / event.total; });
  request.addEventListener('load', () => {
    if (request.status < 400) { location.assign(request.responseURL); return; }
    // What was wrong is said by the page that came back.
    document.open();
    document.write(request.responseText);
    document.close();
  });
  request.addEventListener('error', () => { done(); release(form); if (bar) bar.hidden = true; form.submit(); });
  working();
  request.send(body);
}
