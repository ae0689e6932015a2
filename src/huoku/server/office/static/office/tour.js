// The tour of a demo company: a card that goes along from page to page, put away and taken up again at will.
const card = document.querySelector("[data-tour]");
const steps = [...card.querySelectorAll("li")];
const KEY = `tour:${card.dataset.tour}`;
const kept = JSON.parse(localStorage.getItem(KEY) ?? '{"step":0,"open":true}');
const keep = () => localStorage.setItem(KEY, JSON.stringify(kept));

const path = (step) => new URL(step.dataset.at, location.href).pathname;
const isHere = (step) =>
  "isRow" in step.dataset
    ? location.pathname.startsWith(path(step)) && /\/\d+\/$/.test(location.pathname)
    : location.pathname === path(step);
const isDone = () => kept.step >= steps.length;

const show = () => {
  document.querySelectorAll(".toured").forEach((each) => each.classList.remove("toured"));
  card.hidden = !kept.open;
  steps.forEach((step, place) => (step.hidden = place !== kept.step));
  card.querySelector(".tour-end").hidden = !isDone();
  card.querySelectorAll("[data-place], [data-at-step]").forEach((each) => (each.textContent = isDone() ? "" : `${kept.step + 1} / ${steps.length}`));
  card.querySelector("[data-step]").textContent = (isDone() ? card.querySelector(".tour-end") : steps[kept.step].querySelector("h2")).textContent;
  card.querySelector("[data-back]").disabled = kept.step === 0;
  card.querySelector("[data-here]").hidden = isDone() || isHere(steps[kept.step]) || "isRow" in steps[kept.step].dataset;
  card.querySelector("[data-next]").hidden = !card.querySelector("[data-here]").hidden || isDone() || "isRow" in (steps[kept.step + 1]?.dataset ?? {}) || kept.step === steps.length - 1;
  if (kept.open && !isDone() && isHere(steps[kept.step])) document.querySelector(steps[kept.step].dataset.shows)?.classList.add("toured");
};
const go = (step) => {
  kept.step = step;
  kept.open = true;
  keep();
  if (!isDone() && !isHere(steps[step]) && !("isRow" in steps[step].dataset)) location.assign(steps[step].dataset.at);
  else show();
};

// Whoever does what a step says is one step further, without a word to the tour.
const ended = document.querySelector(".said.success") ? steps.findIndex((step, place) => place >= kept.step && "ends" in step.dataset && isHere(step)) : -1;
if (ended >= 0) kept.step = ended + 1;
else if (!isDone() && !isHere(steps[kept.step])) {
  const further = steps.findIndex((step, place) => place > kept.step && isHere(step));
  if (further > 0) kept.step = further;
}
keep();
show();

card.querySelector("[data-back]").addEventListener("click", () => go(kept.step - 1));
card.querySelector("[data-here]").addEventListener("click", () => go(kept.step));
card.querySelector("[data-next]").addEventListener("click", () => go(kept.step + 1));
const pause = () => {
  kept.open = false;
  keep();
  show();
};
card.querySelector("[data-pause]").addEventListener("click", pause);
card.addEventListener("keydown", (event) => event.key === "Escape" && pause());
// On a telephone the card is a bar, which leaves the page to be seen, until somebody unfolds it.
const bar = card.querySelector("[data-unfold]");
const unfold = (is) => {
  card.classList.toggle("unfolded", is);
  bar.setAttribute("aria-expanded", is);
};
bar.addEventListener("click", () => unfold(!card.classList.contains("unfolded")));
document.querySelectorAll("[data-take-tour]").forEach((button) =>
  button.addEventListener("click", () => {
    go(isDone() ? 0 : kept.step);
    unfold(true);
    card.querySelector("button:not([hidden]):not(:disabled)").focus();
  }),
);
