// Order pegging: B shows what blocks alone, F goes on from the row, arrows fold and unfold it; other ways are worked out
// when they are asked for.
const tree = document.querySelector("table.pegged");
const only = document.querySelector("[data-only]");
const show = (isOnly) => {
  tree.toggleAttribute("data-blockers", isOnly);
  only.setAttribute("aria-pressed", isOnly);
};
if (tree && only) {
  only.hidden = false;
  only.addEventListener("click", () => show(!tree.hasAttribute("data-blockers")));
  show(matchMedia("(max-width: 760px)").matches);
}
const current = () => document.querySelector(".lines tr.cur");
document.addEventListener("keydown", (event) => {
  if (event.target !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const isOpen = current()?.getAttribute("aria-expanded");
    if (isOpen === String(event.key === "ArrowLeft")) current().querySelector(".opener")?.click();
  }
  if (tree) return;
  if (event.key === "f") (current() ?? document).querySelector("[data-fix]")?.click();
  if (event.key === "b") document.querySelector(".views a:not([aria-current])")?.click();
});
for (const place of document.querySelectorAll("[data-later]")) {
  const button = place.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    place.setAttribute("aria-busy", "true");
    const answer = await fetch(place.dataset.later);
    if (answer.ok) place.innerHTML = await answer.text();
    place.removeAttribute("aria-busy");
  });
}
