// Knowing of changes: one page of a browser asks the server every few seconds, the others hear it from that one. A page
// that is not looked at asks nothing. Whoever shows rows or figures listens for "huoku:changed" on the document; its
// detail is {events: [[kind, subject]], is_all}.
const EVERY = 4000;
const LOST = 2; // so many answers that did not come
const PLACE = "huoku.changes";

export function followChanges() {
  const place = document.querySelector("[data-changes]");
  if (!place) return;
  const { changes: at, company } = place.dataset;
  const lost = place.querySelector("[data-lost]");
  let seen = "";
  let missed = 0;
  let heard = Date.now();

  // Whoever looks at a page that hears nothing any more is told from when its figures are.
  const answered = (is_there) => {
    missed = is_there ? 0 : missed + 1;
    if (is_there) heard = Date.now();
    lost.hidden = missed < LOST;
    lost.querySelector("time").textContent = new Date(heard).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  };
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
    answered(true);
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
    if (!answer) return answered(false);
    answered(true);
    if (!answer.ok) return;
    const told = { ...(await answer.json()), since: seen, company, asked: Date.now() };
    localStorage.setItem(PLACE, JSON.stringify(told));
    hear(told);
  };
  addEventListener("storage", (event) => event.key === PLACE && !document.hidden && hear(read()));
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, EVERY);
  ask();
}
