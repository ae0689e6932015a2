// What takes longer comes when it is there, one after the other; a promise that is chosen fills in the form; words are
// copied by a press.
for (const place of document.querySelectorAll("[data-load]")) {
  if (place.querySelector("form")) continue;
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(place.dataset.load);
  if (answer.ok) place.innerHTML = await answer.text();
  else for (const link of place.querySelectorAll("noscript")) link.outerHTML = link.textContent;
  place.removeAttribute("aria-busy");
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

function choose(option) {
  for (const each of document.querySelectorAll("[data-option]")) each.setAttribute("aria-pressed", String(each === option));
  const told = document.querySelector("#told");
  if (!told) return;
  const { texts, form } = { texts: JSON.parse(document.querySelector("#texts").textContent), form: told.form };
  told.value = texts[option.dataset.option] ?? told.value;
  form.elements.due_on.value = option.dataset.day;
  form.elements.qty.value = option.dataset.qty;
  if (option.dataset.price && form.elements.price) form.elements.price.value = option.dataset.price;
}
