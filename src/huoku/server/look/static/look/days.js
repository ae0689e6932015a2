// A day is written as pages show it, 2026-12-01, whatever language the browser speaks, or shorter: 12-1, 1201, +7. Arrows
// go a day on or back, Alt and an arrow open the browser's own calendar. A telephone keeps its own wheel of days.
const DESK = matchMedia("(pointer: fine) and (min-width: 761px)");
const HALF_A_YEAR = 183;
const DAY = 86_400_000;

const text = (date) => date.toISOString().slice(0, 10);
const today = () => {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
};
const whole = (year, month, day) => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
};

// What somebody has written as 2026-12-01; "" where it is no day. Without a year it is the nearest such day.
export function dayOf(written) {
  const said = written.trim().replace(/[年月./]/g, "-").replace(/日$/, "");
  const [, on] = /^\+(\d{1,3})$/.exec(said) ?? [];
  if (on) return text(new Date(today().getTime() + on * DAY));
  const [, year, month, day] = /^(\d{4})-?(\d{1,2})-?(\d{1,2})$/.exec(said) ?? /^()(\d{1,2})-(\d{1,2})$/.exec(said) ?? /^()(\d\d)(\d\d)$/.exec(said) ?? [];
  if (!month) return "";
  const near = today().getUTCFullYear();
  const years = year ? [Number(year)] : [near, near + 1, near - 1];
  const days = years.map((each) => whole(each, Number(month), Number(day))).filter(Boolean);
  const found = days.find((each) => year || Math.abs(each - today()) <= HALF_A_YEAR * DAY);
  return found ? text(found) : "";
}

function read(field) {
  const { dayWrong, dayEarly } = document.body.dataset;
  const day = field.value && dayOf(field.value);
  if (day) field.value = day;
  field.setCustomValidity(field.value && !day ? dayWrong : day && day < field.min ? dayEarly.replace("{day}", field.min) : "");
}

function write(field, day) {
  field.value = day;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

function open(field, wheel) {
  wheel.value = dayOf(field.value);
  wheel.min = field.min;
  wheel.showPicker();
}

// The field keeps its name and becomes a line of text; a nameless one beside it holds the calendar.
function dress(field) {
  const wheel = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
  wheel.setAttribute("aria-hidden", "true");
  wheel.dataset.wheel = "";
  const frame = Object.assign(document.createElement("span"), { className: "dated" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", tabIndex: -1, title: document.body.dataset.dayOpen });
  button.setAttribute("aria-label", document.body.dataset.dayOpen);
  button.append(document.querySelector("#day-sign").content.cloneNode(true));
  Object.assign(field, { type: "text", inputMode: "numeric", autocomplete: "off", placeholder: document.body.dataset.day });
  const has_focus = document.activeElement === field;
  field.replaceWith(frame);
  frame.append(field, wheel, ...("showPicker" in wheel ? [button] : []));
  if (has_focus) field.focus();
  field.addEventListener("change", () => read(field));
  field.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) return open(field, wheel);
    const from = dayOf(field.value);
    write(field, from ? text(new Date(Date.parse(from) + by * DAY)) : text(today()));
  });
  button.addEventListener("click", (event) => (event.preventDefault(), open(field, wheel)));
  wheel.addEventListener("change", () => (write(field, wheel.value), field.focus()));
}

export function followDays() {
  if (!DESK.matches) return;
  const dressAll = () => document.querySelectorAll("input[type=date]:not([data-wheel])").forEach(dress);
  dressAll();
  new MutationObserver(dressAll).observe(document.body, { childList: true, subtree: true });
}
