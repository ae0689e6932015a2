// Chosen rows changed together: one column, one value, looked at row by row before it is saved.
import { input } from "./cells.js";
import { fill, make } from "./elements.js";

export function openTogether(facts, grid, preview) {
  const words = facts.words;
  const dialog = document.querySelector("[data-bulk]");
  const columns = facts.columns.filter((column) => column.filled_in && !column.is_new_only);
  const which = make("select", { class: "form-select", name: "column" }, ...columns.map((column) => make("option", { value: column.name }, column.title)));
  const value = make("span", {});
  const show = () => value.replaceChildren(input(facts, grid.byName.get(which.value), ""));
  which.addEventListener("change", show);
  show();
  const form = make(
    "form",
    { class: "asking scroll" },
    make("label", {}, make("span", {}, words.bulk_column), which),
    make("label", {}, make("span", {}, words.bulk_value), value),
    make("p", { class: "act" }, make("button", { type: "button", class: "btn", onclick: () => dialog.close() }, words.close), make("button", { class: "btn btn-primary" }, words.check)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    preview.change([...grid.chosen].map((id) => ({ id, texts: { [which.value]: value.firstChild.value } })));
  });
  dialog.replaceChildren(make("header", {}, make("h2", { id: "bulk-title" }, `${words.bulk} · ${fill(words.chosen, { n: grid.chosen.size })}`)), form);
  dialog.showModal();
}
