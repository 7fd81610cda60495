// <div data-live="/address" data-live-seen="17" hidden>: asks now and then whether there is something new, and says so.
// Nothing on the page moves. The address answers {"version": …}. data-live-every (milliseconds) asks at another pace;
// data-live-go loads the page anew instead: only for a page that does nothing but wait (a signature on its way).
const EVERY = 20_000;

export function live(bar) {
  const every = Number(bar.dataset.liveEvery ?? EVERY);
  const ask = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(bar.dataset.live, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
        if (answer.ok && String((await answer.json()).version) !== bar.dataset.liveSeen) {
          if ('liveGo' in bar.dataset) location.reload(); else bar.hidden = false;
          return;
        }
        if (answer.status === 401 || answer.status === 403) return;
      } catch { /* no network for a moment: the next question comes anyway */ }
    }
    setTimeout(ask, every);
  };
  setTimeout(ask, Number(bar.dataset.liveFirst ?? every));
}
