// What takes longer comes when it is there, one after the other; a promise that is chosen fills in the form; words are
// copied by a press.
for (const place of document.querySelectorAll("[data-load]")) {
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(place.dataset.load);
  if (answer.ok) place.innerHTML = await answer.text();
  else for (const link of place.querySelectorAll("noscript")) link.outerHTML = link.textContent;
  place.removeAttribute("aria-busy");
  place.removeAttribute("data-load");
  tell(place);
  for (const further of place.querySelectorAll("[data-into]")) document.querySelector(further.dataset.into)?.append(...further.children);
}
document.addEventListener("click", async (event) => {
  const option = event.target.closest("[data-option]");
  if (option) choose(option);
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const words = document.querySelector(button.dataset.copy);
  words.select();
  await navigator.clipboard?.writeText(words.value);
});

// What is told of a promise; what was worked out last is told, and nothing that somebody has written is lost.
function tell(place) {
  const told = document.querySelector("#told");
  const chosen = document.querySelector("[data-option][aria-pressed=true]")?.dataset.option;
  const now = place.querySelector(`[data-text="${chosen}"]`);
  if (told && now && told.value === told.defaultValue) told.value = told.defaultValue = now.value;
}

function choose(option) {
  for (const each of document.querySelectorAll("[data-option]")) each.setAttribute("aria-pressed", String(each === option));
  const told = document.querySelector("#told");
  if (!told) return;
  const now = [...document.querySelectorAll(`[data-text="${option.dataset.option}"]`)].at(-1);
  if (now) told.value = told.defaultValue = now.value;
  const { due_on, qty, price } = told.form.elements;
  qty.value = option.dataset.qty;
  if (due_on) due_on.value = option.dataset.day;
  if (price && option.dataset.price) price.value = option.dataset.price;
}
