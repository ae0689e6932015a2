// How much waits behind the pages of the menu: asked for once a minute at most, kept for the pages that follow.
const LASTS = 60000;

export function followCounts() {
  const place = document.querySelector("[data-waiting]");
  if (!place) return;
  const key = `waiting:${place.dataset.company}`;
  const show = (counts) =>
    document.querySelectorAll(".rail a.go").forEach((link) => {
      const number = counts[link.getAttribute("href")];
      let count = link.querySelector(".count");
      if (!number) return count?.remove();
      if (!count) link.append((count = Object.assign(document.createElement("span"), { className: "count" })));
      count.textContent = number;
    });
  const known = () => {
    try {
      return JSON.parse(sessionStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  };
  const ask = async () => {
    const answer = await fetch(place.dataset.waiting, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const counts = await answer.json();
    sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), counts }));
    show(counts);
  };
  const { at = 0, counts = {} } = known();
  show(counts);
  const isDone = Boolean(document.querySelector(".said.success"));
  if (isDone || Date.now() - at > LASTS) ask();
}
