// Copying what is chosen, as a spreadsheet takes it; pasting a spreadsheet's cells, checked before anything is saved.
import { asText } from "./cells.js";
import { fill, say } from "./elements.js";
import { cellsOf, textOf } from "./sheet.js";

export function followClipboard(facts, grid, preview) {
  const ours = (event) => !event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog, .pop, .drawer") && !preview.is_open && (getSelection().isCollapsed || grid.place.contains(event.target));
  document.addEventListener("copy", (event) => {
    if (!ours(event) || !grid.range()) return;
    const cells = grid.range().getStructuredCells().map((row) => row.filter((cell) => cell.getField() !== "_row"));
    const texts = cells.map((row) => row.map((cell) => asText(facts, grid.byName.get(cell.getField()), cell.getValue())));
    event.clipboardData.setData("text/plain", textOf(texts));
    event.preventDefault();
    say(fill(facts.words.copied, { rows: texts.length, columns: texts[0]?.length ?? 0 }));
  });
  document.addEventListener("paste", (event) => {
    if (!ours(event) || !(facts.may_change || facts.may_add)) return;
    event.preventDefault();
    const cells = cellsOf(event.clipboardData.getData("text/plain"));
    if (!cells.length) return say(facts.words.pasted_nothing);
    const from = grid.current();
    const names = grid.visible();
    const rows = grid.table.getRows("active");
    const under = from ? names.slice(names.indexOf(from.getField())) : names;
    const below = from ? rows.slice(rows.findIndex((row) => row.getIndex() === from.getRow().getIndex())) : [];
    const single = cells.length === 1 && cells[0].length === 1 && from;
    const wanted = single ? widened(cells[0][0], grid.range()) : cells;
    preview.paste(wanted, under, below.slice(0, wanted.length).map((row) => row.getIndex()));
  });
}

// One cell that is pasted over many goes into each of them.
function widened(text, range) {
  return range.getStructuredCells().map((row) => row.filter((cell) => cell.getField() !== "_row").map(() => text));
}
