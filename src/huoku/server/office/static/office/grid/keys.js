// Keys in the grid. Arrows, Shift and Ctrl move and widen the chosen cells by Tabulator itself.
import { say } from "./elements.js";

export function followKeys(facts, grid, drawer, preview) {
  const inside = (event) => grid.place.contains(event.target) || event.target === document.body;
  document.addEventListener(
    "keydown",
    (event) => {
      if (!inside(event) || event.target.closest("input:not([type=checkbox]), select, .funnel, .pop") || preview.is_open || event.altKey) return;
      const cell = grid.current();
      if (event.ctrlKey || event.metaKey) {
        if (event.key.toLowerCase() === "d" && cell) return done(event, () => preview.fillDown(grid.range()));
        return;
      }
      if (event.key === "Escape" && drawer.is_open) return done(event, () => drawer.close());
      if (!cell) return;
      const row = cell.getRow();
      switch (event.key) {
        case "Enter":
          return done(event, () => location.assign(grid.address(row)));
        case "F2":
          return done(event, () => (grid.may(cell) ? cell.edit(true) : say(facts.words.not_editable)));
        case "Delete":
          return done(event, () => preview.empty(grid.range()));
        case " ":
        case "x":
          return done(event, () => grid.choose([row], !grid.chosen.has(row.getIndex())));
        case "h":
          return done(event, () => drawer.open(row));
        case "f":
          return done(event, () => grid.filter(cell.getField()));
        case "s":
          return done(event, () => grid.sortBy(cell.getField()));
        case "j":
        case "k":
          return done(event, () => grid.place.dispatchEvent(new KeyboardEvent("keydown", { keyCode: event.key === "j" ? 40 : 38, bubbles: true })));
      }
    },
    true,
  );
}

function done(event, act) {
  event.preventDefault();
  event.stopPropagation();
  act();
}
