// What takes longer comes when it is there, one after the other; words are copied by a press.
for (const place of document.querySelectorAll("[data-load]")) {
  if (place.querySelector("form")) continue;
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(place.dataset.load);
  if (answer.ok) place.innerHTML = await answer.text();
  else for (const link of place.querySelectorAll("noscript")) link.outerHTML = link.textContent;
  place.removeAttribute("aria-busy");
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const words = document.querySelector(button.dataset.copy);
  words.select();
  await navigator.clipboard?.writeText(words.value);
});
