// The days of a calendar: a click chooses one, Shift and a click all up to it; arrow keys walk, Shift and arrows choose.
// What is chosen stands in the form beside; its buttons change it. On a telephone a day of the year opens its month.
// Without a script each day is a link.
const NARROW = matchMedia("(max-width: 760px)");
const form = document.querySelector(".cal-form");
const days = () => [...document.querySelectorAll("[data-calendar] .day")];
const dayOf = (text) => document.querySelector(`[data-calendar] .day[data-day="${text}"]`);
const moved = (text, by) => {
  const day = new Date(`${text}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + by);
  return day.toISOString().slice(0, 10);
};
let start = document.querySelector("[data-calendar] .day[aria-current]")?.dataset.day;

const show = (until) => {
  if (!form || !start) return;
  const [first, last] = [start, until].sort();
  form.elements.first.value = first;
  form.elements.last.value = last;
  mark();
};
const mark = () => {
  const { first, last } = form.elements;
  let count = 0;
  days().forEach((day) => {
    const isChosen = day.dataset.day >= first.value && day.dataset.day <= (last.value || first.value);
    day.classList.toggle("chosen", isChosen);
    count += isChosen;
  });
  const told = form.querySelector("[data-chosen]");
  told.textContent = count > 1 ? `${first.value} – ${last.value} (${count})` : first.value;
};
const go = (to, isLonger) => {
  const day = dayOf(to);
  if (!day) return;
  days().forEach((each) => (each.tabIndex = -1));
  day.tabIndex = 0;
  day.focus();
  if (!isLonger) start = to;
  show(to);
};

document.addEventListener("click", (event) => {
  const day = event.target.closest("[data-calendar] .day");
  if (!day || event.ctrlKey || event.metaKey || !form) return;
  event.preventDefault();
  const month = NARROW.matches && day.closest("table").querySelector("caption a");
  if (month) return location.assign(`${month.href}&day=${day.dataset.day}`);
  go(day.dataset.day, event.shiftKey);
});
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
document.addEventListener("keydown", (event) => {
  const day = event.target.closest?.("[data-calendar] .day");
  if (!day || !(event.key in STEPS) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  go(moved(day.dataset.day, STEPS[event.key]), event.shiftKey);
});
form?.addEventListener("input", mark);
document.querySelector("select[data-goes]")?.addEventListener("change", (event) => event.target.form.requestSubmit());
