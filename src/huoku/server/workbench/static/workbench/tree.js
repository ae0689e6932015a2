// The tree of a bill: levels are fetched when they are opened; arrow keys move, open and close (WAI-ARIA treegrid).
const tree = document.querySelector("table[role=treegrid]");
const levelOf = (row) => Number(row.getAttribute("aria-level"));
const isOpen = (row) => row.getAttribute("aria-expanded") === "true";
const seen = () => [...tree.tBodies[0].rows].filter((row) => !row.hidden);

const below = (row) => {
  const found = [];
  for (let next = row.nextElementSibling; next && levelOf(next) > levelOf(row); next = next.nextElementSibling) found.push(next);
  return found;
};
const above = (row) => {
  let found = row.previousElementSibling;
  while (found && levelOf(found) >= levelOf(row)) found = found.previousElementSibling;
  return found;
};
const load = async (row) => {
  row.setAttribute("aria-busy", "true");
  const answer = await fetch(row.dataset.below);
  row.removeAttribute("aria-busy");
  if (!answer.ok) return location.assign(row.querySelector("a.code").href);
  const part = document.createElement("template");
  part.innerHTML = await answer.text();
  part.content.querySelectorAll("tr").forEach((each) => each.style.setProperty("--level", levelOf(each)));
  row.after(part.content);
  delete row.dataset.below;
};
const open = async (row) => {
  if (!row.hasAttribute("aria-expanded") || isOpen(row) || row.hasAttribute("aria-busy")) return;
  if (row.dataset.below) await load(row);
  row.setAttribute("aria-expanded", "true");
  below(row).forEach((each) => (each.hidden = above(each).hidden || !isOpen(above(each))));
};
const close = (row) => {
  row.setAttribute("aria-expanded", "false");
  below(row).forEach((each) => (each.hidden = true));
};
const go = (row) => {
  if (!row) return;
  tree.querySelectorAll("tr[tabindex='0']").forEach((each) => (each.tabIndex = -1));
  row.tabIndex = 0;
  row.focus();
};
const step = (row, by) => go(seen()[seen().indexOf(row) + by]);
const KEYS = {
  ArrowDown: (row) => step(row, 1),
  ArrowUp: (row) => step(row, -1),
  Home: () => go(seen().at(0)),
  End: () => go(seen().at(-1)),
  ArrowRight: (row) => (isOpen(row) ? step(row, 1) : open(row)),
  ArrowLeft: (row) => (isOpen(row) ? close(row) : go(above(row))),
  Enter: (row) => (row.querySelector("a.code") ?? row.querySelector(".opener"))?.click(),
};
tree?.addEventListener("keydown", (event) => {
  if (!event.target.matches("tr[role=row]") || !KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key](event.target);
});
tree?.addEventListener("click", (event) => {
  const row = event.target.closest("button.opener")?.closest("tr");
  if (row) isOpen(row) ? close(row) : open(row);
});
