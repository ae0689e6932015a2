// Keys of every page: / and Ctrl-K search, ? help, J K walk the rows of a table, Enter opens, X chooses, Ctrl-Enter does
// what the page is for; a letter printed on a button presses that button. None while somebody types.
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const rows = () => [...document.querySelectorAll(".lines tbody tr:not(.group)")].filter((row) => row.getClientRects().length);

export function followKeys() {
  document.querySelector("[data-keys]")?.addEventListener("click", showKeys);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") return press("[data-search]", event);
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return press(".head .btn-primary, .asking .btn-primary, [data-main]", event);
    if (event.target.closest(TYPING) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "/") return press("[data-search]", event);
    if (event.key === "?") return showKeys();
    if (event.key === "Escape") return document.querySelectorAll(".menu-of[open]").forEach(closed);
    if (event.key === "j" || event.key === "k") return walk(event.key === "j" ? 1 : -1);
    const current = document.querySelector(".lines tr.cur");
    if (event.key === "Enter" && current && event.target === document.body) return current.querySelector("a, button")?.click();
    const own = current && [...current.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    if (own) return own.click();
    if (event.key === "x" && current) return current.querySelector("input[type=checkbox]")?.click();
    if (event.key === "w") return (current || document).querySelector(".why")?.click();
    const printed = [...document.querySelectorAll("main kbd")].find((key) => key.textContent.trim().toLowerCase() === event.key.toLowerCase());
    printed?.closest("button, a")?.click();
  });
}

// The keys of this page, which its last line and its buttons print, stand above those of every page.
// A menu that was closed by a key gives the keys back to what opened it.
function closed(menu) {
  const isWithin = menu.contains(document.activeElement);
  menu.open = false;
  if (isWithin) menu.querySelector("summary").focus();
}

function showKeys() {
  const sheet = document.querySelector("#keys");
  const list = sheet?.querySelector("dl");
  if (!list) return;
  list.querySelectorAll("[data-here]").forEach((each) => each.remove());
  const printed = [...document.querySelectorAll("footer.hint span, main a:not([role=tab]), main button:not([role=tab])")].filter((each) => each.getClientRects().length && each.querySelector(":scope > kbd"));
  const told = new Set(["/", ...[...list.querySelectorAll("dt")].map((each) => each.textContent.replace(/[\s+]/g, ""))]);
  for (const each of printed.reverse()) {
    const keys = [...each.querySelectorAll("kbd")];
    const called = keys.map((key) => key.textContent.trim()).join("");
    const words = [...each.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join(" ").trim();
    if (!words || told.has(called)) continue;
    told.add(called);
    const [term, does] = ["dt", "dd"].map((tag) => Object.assign(document.createElement(tag), { textContent: tag === "dd" ? words : "" }));
    keys.forEach((key) => term.append(key.cloneNode(true), " "));
    [term, does].forEach((part) => (part.dataset.here = ""));
    list.prepend(term, does);
  }
  sheet.showModal();
}

function press(what, event) {
  const button = document.querySelector(what);
  if (!button) return;
  event.preventDefault();
  button.click();
}

function walk(by) {
  const all = rows();
  if (!all.length) return;
  const current = document.querySelector(".lines tr.cur");
  const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(current) + by))];
  current?.classList.remove("cur");
  next.classList.add("cur");
  next.scrollIntoView({ block: "nearest" });
}
