// Of each row of a form, what its item is called, what one costs when no price is written, and a quantity that nobody
// sells so small, with the way out.
const form = document.querySelector("[data-hints]");
const row = (input) => input.closest("tr");
const field = (of, name) => of.querySelector(`[name$="-${name}"]`);

async function hint(of) {
  const item = field(of, "item");
  if (!item) return; // a line that is there already, such as one that is received
  const place = of.querySelector("[data-hint]") || item.after(Object.assign(document.createElement("small"), { className: "form-hint" })) || item.nextElementSibling;
  place.dataset.hint = "";
  if (!item.value.trim()) return place.replaceChildren();
  const partner = form.querySelector("[name=supplier], [name=customer]")?.value ?? "";
  const asked = new URLSearchParams({ item: item.value.trim(), qty: field(of, "qty")?.value ?? "", partner });
  const answer = await fetch(`${form.dataset.hints}?${asked}`);
  if (answer.status === 401 || answer.status === 403) return;
  const told = await answer.json();
  place.replaceChildren(told.words);
  place.classList.toggle("wrong", told.is_wrong);
  if (told.ways?.length) place.append(...told.ways.flatMap(({ words, qty, address }) => [" ", way(of, words, qty, address)]));
  const price = field(of, "price");
  if (price) price.placeholder = told.price ?? "";
}

function way(of, words, qty, address) {
  const made = Object.assign(document.createElement(address ? "a" : "button"), address ? { href: address } : { type: "button", className: "why" });
  made.textContent = words;
  if (!address) made.addEventListener("click", () => ((field(of, "qty").value = qty), hint(of)));
  return made;
}

form?.addEventListener("change", (event) => {
  if (/-(item|qty)$/.test(event.target.name)) hint(row(event.target));
  if (/^(supplier|customer)$/.test(event.target.name)) form.querySelectorAll("tbody tr").forEach((of) => field(of, "item")?.value && hint(of));
});
