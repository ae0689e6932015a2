// Nothing typed is lost where a session had ended: what was sent in vain waits in this tab until its sender has signed
// in again, and is put back into its form for him to look at. Whoever else signs in finds nothing.
const PLACE = "huoku.unsent";
const TYPED = "input:not([type=hidden], [type=file], [type=password]), select, textarea";
const here = () => location.pathname + location.search;

export function followUnsent() {
  const app = document.querySelector(".app[data-who]");
  if (!app) return waitAtTheDoor();
  const { kept, isAtTheDoor } = read();
  sessionStorage.removeItem(PLACE);
  if (isAtTheDoor && kept.who === app.dataset.who && kept.at === here()) putBack(kept);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    freshToken(form);
    const fields = typedIn(form);
    if (fields.length) sessionStorage.setItem(PLACE, JSON.stringify({ kept: { who: app.dataset.who, at: here(), form: placeOf(form), fields } }));
  });
}

// A page that asks who is here keeps what waits; any other page says that it has arrived.
function waitAtTheDoor() {
  const { kept } = read();
  if (kept) sessionStorage.setItem(PLACE, JSON.stringify({ kept, isAtTheDoor: Boolean(document.querySelector(".door:not(.inside)")) }));
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE)) || {};
  } catch {
    return {};
  }
}

const forms = () => [...document.querySelectorAll("form[method=post]")];
const placeOf = (form) => ({ action: form.action, nth: forms().filter((each) => each.action === form.action).indexOf(form) });
const typedIn = (form) => [...form.elements].filter((each) => each.name && each.matches(TYPED)).map((each) => [each.name, each.value, each.checked]);

function putBack({ form: { action, nth }, fields }) {
  const form = forms().filter((each) => each.action === action)[nth];
  if (!form) return;
  const left = [...form.elements].filter((each) => each.name && each.matches(TYPED));
  fields.forEach(([name, value, checked]) => {
    const at = left.findIndex((each) => each.name === name && (!["checkbox", "radio"].includes(each.type) || each.value === value));
    if (at < 0) return;
    const [field] = left.splice(at, 1);
    if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
    else field.value = value;
  });
  form.closest("details:not([open])")?.setAttribute("open", "");
  form.prepend(document.getElementById("unsent").content.cloneNode(true));
  form.scrollIntoView({ block: "center" });
}

// Who signed in meanwhile on another page has another token: the one of this page is no longer good.
function freshToken(form) {
  const field = form.querySelector("[name=csrfmiddlewaretoken]");
  if (field) field.value = token() || field.value;
}

export const token = () => /(?:^|; )(?:__\w+-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1];
