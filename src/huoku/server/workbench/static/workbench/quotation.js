// What takes longer comes when it is there; words are copied by a press.
const place = document.querySelector("[data-load]");
if (place && !place.querySelector("form")) {
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(place.dataset.load);
  if (answer.ok) place.innerHTML = await answer.text();
  place.removeAttribute("aria-busy");
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const words = document.querySelector(button.dataset.copy);
  words.select();
  await navigator.clipboard?.writeText(words.value);
});
