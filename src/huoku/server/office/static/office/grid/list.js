// A list of the desk: the grid over the server's rows, what is chosen in it, and everything one does with it.
import { followClipboard } from "./clipboard.js";
import { Drawer } from "./drawer.js";
import { fill, make, say } from "./elements.js";
import { Filters } from "./filters.js";
import { Grid } from "./grid.js";
import { Layouts } from "./layouts.js";
import { followKeys } from "./keys.js";
import { followRows } from "./live.js";
import { Preview } from "./preview.js";
import { openTogether } from "./together.js";

export function openList(facts) {
  document.body.classList.add("has-grid");
  const words = facts.words;
  const filters = new Filters(facts, () => (remember(), grid.reload()));
  const grid = new Grid(facts, filters, document.querySelector("[data-grid]"));
  const layouts = new Layouts(facts, grid, filters);
  const drawer = new Drawer(facts, grid);
  const preview = new Preview(facts, grid);
  const count = document.querySelector(".head .count");
  const empty = document.querySelector("[data-empty]");
  const chosen = document.querySelector("[data-chosen]");

  const remember = () => history.replaceState(null, "", `?${grid.question()}`);
  const tellChosen = () => {
    const ids = [...grid.chosen];
    chosen.querySelectorAll("input[name=id]").forEach((each) => each.remove());
    ids.forEach((id) => chosen.append(make("input", { type: "hidden", name: "id", value: id })));
    chosen.querySelectorAll("[data-needs-rows]").forEach((button) => (button.disabled = !ids.length));
    chosen.querySelector("[data-said]").textContent = ids.length ? fill(words.chosen, { n: ids.length }) : "";
  };
  const act = chosen.querySelector(".act");
  if (facts.may_change) act.prepend(make("button", { type: "button", class: "btn", data: { needsRows: "" }, disabled: true, onclick: () => openTogether(facts, grid, preview) }, words.bulk));

  chosen.classList.toggle("gridded", Boolean(act.children.length));

  grid.onLoaded = (shown, total) => {
    const all = total.toLocaleString() + (grid.isMore ? "+" : "");
    count.textContent = total ? fill(words.loaded, { n: shown.toLocaleString(), total: all }) : "";
    empty.hidden = Boolean(total || filters.set.size);
    document.querySelector(".split").classList.toggle("is-empty", !empty.hidden);
    chosen.hidden = !empty.hidden && !act.querySelector(":scope > :not([data-needs-rows])");
  };
  grid.onChosen = tellChosen;
  grid.onSorted = remember;
  grid.onFailed = (error) => say(error.message || words.failed);
  grid.onWritten = (row, name, text) => preview.writeOne(row, name, text);
  grid.onLooked = (row) => drawer.open(row);

  document.querySelectorAll("[data-export]").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const asked = grid.question();
      asked.set("fields", grid.visible().join(","));
      asked.set("as", link.dataset.export);
      if (link.dataset.export === "paper") open(`${facts.addresses.list}?${asked}`);
      else location.href = `${facts.addresses.list}?${asked}`;
    }),
  );
  followKeys(facts, grid, drawer, preview);
  followClipboard(facts, grid, preview);
  followRows(facts, grid);
  layouts.begin(new URLSearchParams(location.search));
  tellChosen();
}
