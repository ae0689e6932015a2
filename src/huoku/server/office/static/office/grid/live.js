// Rows of a list that others change are brought up to date where they stand, and marked; of new ones the list only says.
import { fill, make } from "./elements.js";
import { ask } from "./server.js";

const MARKED = 30000;

export function followRows(facts, grid) {
  const note = make("button", { type: "button", class: "btn btn-small", hidden: true, onclick: () => ((note.hidden = true), (added = 0), grid.reload()) });
  document.querySelector(".head .count").after(note);
  let added = 0;

  const isAbout = (subject) => subject.startsWith(`${facts.what}:`);
  document.addEventListener("huoku:changed", async ({ detail }) => {
    const mine = detail.events.filter(([, subject]) => isAbout(subject));
    if (detail.is_all && !mine.length && !facts.what.startsWith("ledger.")) return;
    added += mine.filter(([kind, subject]) => kind.endsWith("_added") && !grid.table.getRow(Number(subject.split(":")[1]))).length;
    note.hidden = !added;
    note.textContent = fill(facts.words.new_rows, { n: added });
    await renew();
  });

  const renew = async () => {
    const rows = grid.table.getRows("visible");
    const editing = grid.place.querySelector(".tabulator-editing");
    if (!rows.length || editing) return;
    const asked = new URLSearchParams({ "filter[id][in]": rows.map((row) => row.getIndex()).join(","), fields: grid.visible().join(","), limit: rows.length });
    const answer = await ask(`${facts.addresses.rows}?${asked}`);
    const before = new Map(rows.map((row) => [row.getIndex(), row]));
    const differing = answer.rows.filter((fresh) => {
      const shown = before.get(fresh.id)?.getData();
      return shown && Object.keys(fresh).some((name) => JSON.stringify(fresh[name]) !== JSON.stringify(shown[name]));
    });
    if (!differing.length) return;
    await grid.table.updateData(differing);
    differing.forEach(({ id }) => {
      const element = before.get(id).getElement();
      element.classList.add("renewed");
      setTimeout(() => element.classList.remove("renewed"), MARKED);
    });
  };
}
