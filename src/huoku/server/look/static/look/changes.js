// Knowing of changes: one page of a browser asks the server every few seconds, the others hear it from that one. A page
// that is not looked at asks nothing. Whoever shows rows or figures listens for "huoku:changed" on the document; its
// detail is {events: [[kind, subject]], is_all}.
const EVERY = 4000;
const PLACE = "huoku.changes";

export function followChanges() {
  const place = document.querySelector("[data-changes]");
  if (!place) return;
  const { changes: at, company } = place.dataset;
  let seen = "";

  const read = () => {
    try {
      const told = JSON.parse(localStorage.getItem(PLACE)) || {};
      return told.company === company ? told : {};
    } catch {
      return {};
    }
  };
  // What the others were told goes on from where this page stands, or it misses something: one that was hidden asks itself.
  const goesOn = (told) => !seen || told.upto === seen || told.since === seen;
  const hear = (told) => {
    if (!told.upto || told.upto === seen || !goesOn(told)) return;
    const is_first = !seen;
    seen = told.upto;
    if (!is_first) document.dispatchEvent(new CustomEvent("huoku:changed", { detail: { events: told.events, is_all: told.is_all } }));
  };
  const ask = async () => {
    const before = read();
    if (document.hidden) return;
    if (Date.now() - (before.asked || 0) < EVERY - 500 && goesOn(before)) return hear(before);
    localStorage.setItem(PLACE, JSON.stringify({ ...before, company, asked: Date.now() }));
    const answer = await fetch(`${at}?since=${seen}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const told = { ...(await answer.json()), since: seen, company, asked: Date.now() };
    localStorage.setItem(PLACE, JSON.stringify(told));
    hear(told);
  };
  addEventListener("storage", (event) => event.key === PLACE && !document.hidden && hear(read()));
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, EVERY);
  ask();
}
