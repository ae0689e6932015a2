// A shortage: ticking remedies works out what they come to; digits tick, and a telephone shows the first three.
const form = document.querySelector("#remedies");
const chosen = document.querySelector("#chosen");
const apply = document.querySelector("[data-apply]");
const boxes = form ? [...form.querySelectorAll("input[name=ways]")] : [];
let asked = 0;

function named() {
  const numbers = boxes.map((box, at) => (box.checked ? at + 1 : 0)).filter(Boolean);
  if (apply) apply.querySelector("span").textContent = [apply.dataset.words, numbers.join(" + ")].join(" ").trim();
}

async function worked() {
  const mine = ++asked;
  if (apply) apply.disabled = true;
  named();
  for (const box of boxes) box.closest("tr").classList.toggle("tried", box.checked);
  const query = new URLSearchParams(boxes.filter((box) => box.checked).map((box) => ["ways", box.value]));
  chosen.setAttribute("aria-busy", "true");
  const answer = await fetch(`${form.dataset.chosen}?${query}`);
  if (mine !== asked) return;
  chosen.removeAttribute("aria-busy");
  if (answer.ok) chosen.innerHTML = await answer.text();
  if (apply) apply.disabled = !chosen.querySelector('[data-done="1"]');
}

if (form && chosen) {
  named();
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.name !== "ways") return;
    // What joins no others stands alone.
    if (box.checked) for (const each of boxes) if (each !== box && (box.dataset.apart || each.dataset.apart)) each.checked = false;
    worked();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input:not([type=checkbox]), textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    boxes[Number(event.key) - 1]?.click();
  });
}
const all = document.querySelector("[data-all]");
if (all && boxes.length > 3) {
  const table = form.querySelector("table");
  table.setAttribute("data-few", "");
  all.hidden = false;
  all.querySelector("button").addEventListener("click", () => {
    table.removeAttribute("data-few");
    all.hidden = true;
  });
}
