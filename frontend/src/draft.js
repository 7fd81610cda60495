// Answers are never lost: what changed is saved at once, and the page says when.
//
// <form data-draft="/address" data-draft-version="3" data-draft-saved="Đã lưu lúc {time}" data-draft-failed="…">
// POST of the whole form with the header X-Draft-Version → 200 {"version": 4, "saved_at": "10:42", "reload": false} or
// 409 {"sentence": "…"}. "reload": other questions are asked now; they are fetched with the page, the focus stays.
const TYPING = 1_800;

export function draft(form) {
  const words = form.querySelector('[data-draft-status]');
  let timer;
  let running = false;
  let again = false;

  const say = (text, state) => { if (words) { words.textContent = text; words.dataset.state = state; } };

  async function save() {
    if (form.dataset.sent) return;
    if (running) { again = true; return; }
    running = true;
    try {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      const answer = await fetch(form.dataset.draft, {
        method: 'POST', body: new URLSearchParams(body), credentials: 'same-origin', keepalive: true,
        headers: { 'X-Draft-Version': form.dataset.draftVersion ?? '', Accept: 'application/json' },
      });
      const said = await answer.json();
      if (answer.ok) {
        form.dataset.draftVersion = said.version;
        const hidden = form.elements.namedItem('version');
        if (hidden) hidden.value = said.version;
        say(form.dataset.draftSaved.replace('{time}', said.saved_at), 'saved');
        if (said.reload && !again) await renew(form);
      } else say(said.sentence ?? form.dataset.draftFailed, 'failed');
    } catch {
      say(form.dataset.draftFailed, 'failed');
      timer = setTimeout(save, 10_000);
    } finally {
      running = false;
      if (again) { again = false; save(); }
    }
  }

  const soon = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  form.addEventListener('change', () => soon(50));
  form.addEventListener('input', () => soon(TYPING));
  document.addEventListener('visibilitychange', () => { if (document.hidden && timer) { clearTimeout(timer); save(); } });
}

async function renew(form) {
  const answer = await fetch(location.href, { credentials: 'same-origin' });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('[data-draft-fields]');
  const focused = document.activeElement?.id;
  if (!answer.ok || !fresh) return;
  form.querySelector('[data-draft-fields]').replaceChildren(...fresh.childNodes);
  document.getElementById(focused)?.focus();
}
