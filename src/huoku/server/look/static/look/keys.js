// Keys of every page: / and Ctrl-K search, ? help, J K walk the rows of a table, Enter opens, X chooses, Ctrl-Enter does
// what the page is for; a letter printed on a button presses that button. None while somebody types.
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const rows = () => [...document.querySelectorAll(".lines tbody tr:not(.group):not([hidden])")];

export function followKeys() {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") return press("[data-search]", event);
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return press(".head .btn-primary, .asking .btn-primary", event);
    if (event.target.closest(TYPING) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "/") return press("[data-search]", event);
    if (event.key === "?") return document.querySelector("#keys")?.showModal();
    if (event.key === "Escape") return document.querySelectorAll(".menu-of[open]").forEach((menu) => (menu.open = false));
    if (event.key === "j" || event.key === "k") return walk(event.key === "j" ? 1 : -1);
    const current = document.querySelector(".lines tr.cur");
    if (event.key === "Enter" && current && event.target === document.body) return current.querySelector("a, button")?.click();
    if (event.key === "x" && current) return current.querySelector("input[type=checkbox]")?.click();
    if (event.key === "w") return (current || document).querySelector(".why")?.click();
    const printed = [...document.querySelectorAll("main kbd")].find((key) => key.textContent.trim().toLowerCase() === event.key.toLowerCase());
    printed?.closest("button, a")?.click();
  });
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
