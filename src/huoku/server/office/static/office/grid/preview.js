// What would be saved, shown in a grid before it is: new, changed and faulty rows, each with its veto.
import { TabulatorFull as Tabulator } from "../../vendor/tabulator.js";
import { asText, editor } from "./cells.js";
import { fill, make, say } from "./elements.js";
import { newKey, tell } from "./server.js";

export class Preview {
  constructor(facts, grid) {
    Object.assign(this, { facts, grid, is_open: false, vetoed: new Set(), only: "" });
    this.place = make("section", { class: "preview", hidden: true, tabindex: "-1", "aria-live": "polite" });
    grid.place.after(this.place);
    document.addEventListener("keydown", (event) => this.is_open && this.key(event), true);
  }

  paste(cells, under, rows) {
    return this.check({ cells, under, rows });
  }

  change(changes) {
    return changes.length ? this.check({ changes }) : null;
  }

  fillDown(range) {
    const [first, ...below] = this.written(range);
    return this.change(below.map((row) => ({ id: row.id, texts: first.texts })));
  }

  empty(range) {
    return this.change(this.written(range).map((row) => ({ id: row.id, texts: Object.fromEntries(Object.keys(row.texts).map((name) => [name, ""])) })));
  }

  // The cells of a range that may be changed, row by row, as text.
  written(range) {
    const rows = range.getStructuredCells().map((row) => row.filter((cell) => this.grid.may(cell)));
    return rows.filter((row) => row.length).map((row) => ({
      id: row[0].getRow().getIndex(),
      texts: Object.fromEntries(row.map((cell) => [cell.getField(), asText(this.facts, this.grid.byName.get(cell.getField()), cell.getValue())])),
    }));
  }

  async check(what) {
    const words = this.facts.words;
    say(fill(words.checking, { n: what.changes?.length ?? what.cells.length }));
    try {
      const answer = await tell(this.facts.addresses.check, { key: newKey(), ...what });
      document.querySelector(".said")?.remove();
      this.show(answer.rows);
    } catch (error) {
      say(error.message || words.failed);
    }
  }

  show(rows) {
    this.rows = rows.map((row, place) => ({ place, ...row }));
    this.vetoed = new Set();
    this.only = "";
    this.is_open = true;
    this.grid.place.hidden = true;
    document.body.classList.add("is-previewing");
    this.place.hidden = false;
    this.draw();
    this.place.focus();
  }

  close() {
    this.is_open = false;
    this.place.hidden = true;
    this.table?.destroy();
    this.table = null;
    this.grid.place.hidden = false;
    document.body.classList.remove("is-previewing");
    this.grid.table.redraw();
    this.grid.place.focus();
  }

  wanted() {
    return this.rows.filter((row) => (row.state === "new" || row.state === "changed") && !this.vetoed.has(row.place));
  }

  draw() {
    const words = this.facts.words;
    const names = this.facts.columns.map((column) => column.name).filter((name) => this.rows.some((row) => name in row.texts) || this.facts.key.includes(name));
    const body = make("div", { class: "preview-rows" });
    this.bar = make("header", { class: "bar" });
    this.place.replaceChildren(this.bar, body);
    this.table?.destroy();
    this.table = new Tabulator(body, {
      height: "100%",
      index: "place",
      layout: "fitDataFill",
      data: this.rows,
      columnDefaults: { headerSort: false, resizable: "header" },
      columns: [this.veto(), this.state(), ...names.map((name) => this.column(this.grid.byName.get(name)))],
      editTriggerEvent: "dblclick",
      rowFormatter: (row) => row.getElement().classList.toggle("vetoed", this.vetoed.has(row.getIndex())),
    });
    this.table.on("cellEdited", (cell) => this.rewritten(cell));
    this.tellBar();
  }

  tellBar() {
    const words = this.facts.words;
    const count = (state) => this.rows.filter((row) => row.state === state).length;
    const seen = ["new", "changed", "fault", "same"].filter(count).map((state) =>
      make("button", { type: "button", class: `st ${LEVELS[state][0]}`, "aria-pressed": this.only === state, onclick: () => this.show_only(state) }, make("i", { class: `mk ${LEVELS[state][0]}`, "aria-hidden": "true" }, LEVELS[state][1]), fill(words[state], { n: count(state) })),
    );
    const n = this.wanted().length;
    this.bar.replaceChildren(
      make("h2", {}, fill(words.paste_title, { n: this.rows.length })),
      ...seen,
      make("span", { class: "fill" }),
      make("button", { type: "button", class: "btn", onclick: () => this.close() }, words.back, make("kbd", {}, "Esc")),
      make("button", { type: "button", class: "btn btn-primary", disabled: !n, onclick: () => this.save() }, fill(words.save, { n }), make("kbd", {}, "Ctrl ↵")),
    );
  }

  show_only(state) {
    this.only = this.only === state ? "" : state;
    this.only ? this.table.setFilter("state", "=", this.only) : this.table.clearFilter();
    this.tellBar();
  }

  veto() {
    return {
      field: "place",
      title: "",
      width: 60,
      frozen: true,
      cssClass: "row-head",
      formatter: (cell) => {
        const row = cell.getData();
        const may = row.state === "new" || row.state === "changed";
        const turn = (event) => {
          this.vetoed[event.target.checked ? "delete" : "add"](row.place);
          cell.getRow().getElement().classList.toggle("vetoed", !event.target.checked);
          this.tellBar();
        };
        return make("label", { class: "row-tools" }, make("input", { type: "checkbox", "aria-label": this.facts.words.veto, checked: may && !this.vetoed.has(row.place), disabled: !may, onclick: turn }), make("span", { class: "quiet" }, row.place + 1));
      },
    };
  }

  state() {
    return {
      field: "state",
      title: "",
      width: this.rows.some((row) => row.faults.length) ? 340 : 96,
      frozen: true,
      formatter: (cell) => {
        const row = cell.getData();
        const [level, letter] = LEVELS[row.state];
        const fault = row.faults.map((each) => `${this.grid.byName.get(each.field)?.title ?? ""} ${each.words}`.trim()).join("; ");
        const badge = make("span", { class: `st ${level}` }, make("i", { class: `mk ${level}`, "aria-hidden": "true" }, letter), this.facts.words[`state_${row.state}`]);
        return make("span", { title: fault }, badge, fault ? make("span", { class: "fault" }, fault) : "");
      },
    };
  }

  column(column) {
    const texts = (row) => row.texts[column.name] ?? asText(this.facts, column, row.old[column.name]);
    return {
      field: `texts.${column.name}`,
      title: column.title,
      width: column.kind === "figure" ? 110 : 150,
      hozAlign: column.kind === "figure" ? "right" : "left",
      headerHozAlign: column.kind === "figure" ? "right" : "left",
      mutator: undefined,
      accessor: undefined,
      editor: column.filled_in ? editor(this.facts, { ...column, kind: column.kind === "figure" ? "figure" : "text" }) : undefined,
      formatter: (cell) => {
        const row = cell.getData();
        const faults = row.faults.filter((each) => each.field === column.name);
        const is_new = column.name in row.values;
        cell.getElement().classList.toggle("er", faults.length > 0);
        cell.getElement().classList.toggle("ed", is_new && !faults.length);
        const old = is_new && row.id ? asText(this.facts, column, row.old[column.name]) : "";
        return make("span", { title: faults.map((each) => each.words).join("; ") }, old ? make("s", { class: "quiet" }, old) : "", old ? " " : "", texts(row));
      },
    };
  }

  // A cell mended in the preview: everything is checked again.
  rewritten(cell) {
    const row = this.rows[cell.getData().place];
    row.texts[cell.getField().slice("texts.".length)] = cell.getValue();
    return this.change(this.rows.map((each) => ({ id: each.id, texts: each.texts })));
  }

  async save() {
    if (this.isSaving) return; // pressed twice: sent twice it would be there twice
    this.isSaving = true;
    const rows = this.wanted();
    const sent = rows.map(({ id, version, values }) => ({ id, version, values }));
    const key = newKey();
    try {
      const answer = await tell(this.facts.addresses.save, { key, rows: sent });
      if (answer.faults) return this.refuse(rows, answer);
      this.close();
      await this.grid.reload();
      this.saved(rows, key);
    } catch (error) {
      say(error.message || this.facts.words.failed);
    } finally {
      this.isSaving = false;
    }
  }

  refuse(rows, answer) {
    for (const fault of answer.faults) {
      rows[fault.row].faults.push(fault);
      rows[fault.row].state = "fault";
    }
    this.draw();
    say(answer.refused);
  }

  // What was saved under the key can be undone, but for new rows of a kind that is never deleted.
  saved(rows, key) {
    const undo = async () => {
      try {
        await tell(this.facts.addresses.undo, { key });
        say(this.facts.words.undone);
        this.grid.reload();
      } catch (error) {
        say(error.message || this.facts.words.failed);
      }
    };
    const is_offered = this.facts.takes_back_new || rows.every((row) => row.id);
    say(fill(this.facts.words.saved, { n: rows.length }), is_offered ? { words: this.facts.words.undo, act: undo } : null);
  }

  // One cell, written in the list itself: checked and saved at once.
  async writeOne(cell, name, text) {
    const row = cell.getRow();
    try {
      const checked = (await tell(this.facts.addresses.check, { key: newKey(), changes: [{ id: row.getIndex(), texts: { [name]: text } }] })).rows[0];
      if (checked.state === "fault") throw new Error(checked.faults.map((each) => each.words).join("; "));
      if (checked.state === "same") return cell.restoreOldValue();
      const key = newKey();
      const answer = await tell(this.facts.addresses.save, { key, rows: [{ id: checked.id, version: checked.version, values: checked.values }] });
      if (answer.faults) throw new Error(answer.faults[0].words);
      await row.update({ ...checked.values, version: answer.rows[0].version });
      cell.getElement().classList.remove("er");
      this.saved([checked], key);
    } catch (error) {
      cell.restoreOldValue();
      cell.getElement().classList.add("er");
      say(error.message || this.facts.words.failed);
    }
  }

  key(event) {
    if (event.target.closest("input:not([type=checkbox]), select")) return;
    const act = event.key === "Escape" ? () => this.close() : event.key === "Enter" && (event.ctrlKey || event.metaKey) ? () => this.wanted().length && this.save() : null;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}

const LEVELS = { new: ["G", "+"], changed: ["O", "±"], fault: ["R", "!"], same: ["N", "="] };
