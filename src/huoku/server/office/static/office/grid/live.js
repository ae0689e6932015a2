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

  // Never while rows are being loaded: what is told of some would be older than those, or than what comes.
  const renew = async () => {
    const loads = await grid.settled();
    const rows = grid.table.getRows("visible");
    const editing = grid.place.querySelector(".tabulator-editing");
    if (!rows.length || editing) return;
    const asked = new URLSearchParams({ "filter[id][in]": rows.map((row) => row.getIndex()).join(","), fields: grid.visible().join(","), limit: rows.length });
    const answer = await ask(`${facts.addresses.rows}?${asked}`).catch(() => null); // the next change asks again
    if (!answer) return;
    if (grid.loads !== loads) return renew();
    const before = new Map(rows.map((row) => [row.getIndex(), row]));
    for (const fresh of answer.rows) {
      const row = before.get(fresh.id);
      const shown = row?.getData();
      if (shown && Object.keys(fresh).some((name) => JSON.stringify(fresh[name]) !== JSON.stringify(shown[name]))) await mark(row, fresh);
    }
  };

  // Row by row: Tabulator's own way to update many throws away the answer of a load that it waits for.
  const mark = async (row, fresh) => {
    await row.update(fresh);
    const element = row.getElement();
    element.classList.add("renewed");
    setTimeout(() => element.classList.remove("renewed"), MARKED);
  };
}
