// The table itself: columns by kind, rows from the server page by page as one scrolls, cells chosen by mouse or keys.
import { TabulatorFull as Tabulator } from "../../vendor/tabulator.js";
import { editor, formatter } from "./cells.js";
import { icon, make } from "./elements.js";
import { ask, rowAddress } from "./server.js";

const PAGE = 100;
const WIDTHS = { figure: 96, flag: 72, date: 84, moment: 112, state: 132, choice: 104, text: 140, json: 160 };
const HEAD = 60;

// About how wide a heading is: Chinese signs are as wide as high.
const breadth = (text) => [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 12 : 6.5), 0);

export class Grid {
  constructor(facts, filters, place) {
    Object.assign(this, { facts, filters, place, chosen: new Set(), next: null, total: 0, sort: "", frozen: 1, loads: 0, loading: null });
    this.byName = new Map(facts.columns.map((column) => [column.name, column]));
  }

  // Draw the columns of a layout: [{name, width}], of which some stay in sight, the order of the rows, and load them.
  draw(columns, sort, frozen = this.frozen) {
    Object.assign(this, { sort, frozen, drawn: columns, is_built: false });
    const sorters = sort.split(",").filter(Boolean).map((each) => ({ column: each.replace(/^-/, ""), dir: each.startsWith("-") ? "desc" : "asc" }));
    const shown = sorters.filter((each) => columns.some((column) => column.name === each.column));
    this.sorted_by = shown.map((each) => `${each.dir === "desc" ? "-" : ""}${each.column}`).join(",");
    this.table?.destroy();
    this.table = new Tabulator(this.place, {
      height: "100%",
      index: "id",
      layout: "fitDataFill",
      rowHeader: this.head(),
      columns: columns.map((each, place) => this.column(each, place)),
      initialSort: shown,
      ajaxURL: this.facts.addresses.rows,
      ajaxRequestFunc: (_, __, params) => this.page(params),
      progressiveLoad: "scroll",
      progressiveLoadScrollMargin: 600,
      paginationSize: PAGE,
      sortMode: "remote",
      columnDefaults: { resizable: "header", headerHozAlign: "left", tooltip: (_, cell) => (cell.getElement().scrollWidth > cell.getElement().clientWidth ? cell.getElement().textContent : "") },
      movableColumns: true,
      keybindings: { navNext: false, navPrev: false }, // Tab leaves the grid; arrows move in it
      selectableRange: 1,
      selectableRangeClearCells: false,
      editTriggerEvent: "dblclick",
      placeholder: this.facts.words.matches_none,
      rowFormatter: (row) => {
        row.getElement().classList.toggle("done", this.facts.ended.includes(row.getData().state));
        row.getElement().querySelectorAll(".tabulator-cell[tabindex]").forEach((cell) => (cell.tabIndex = -1)); // arrows lead to them
      },
    });
    this.table.on("tableBuilt", () => (this.name_parts(), (this.is_built = true)));
    this.table.on("dataProcessed", () => (this.start(), this.onLoaded?.(this.table.getDataCount(), this.total)));
    this.table.on("dataLoadError", (error) => this.onFailed?.(error));
    this.table.on("cellEdited", (cell) => this.onWritten?.(cell, cell.getField(), cell.getValue()));
    this.table.on("cellDblClick", (_, cell) => !this.may(cell) && location.assign(this.address(cell.getRow())));
  }

  // The first cell with something to say, not the box to tick, is where the keys begin; after a new order or filter it is
  // the one in the column where they were.
  start() {
    if (document.activeElement === document.body) this.place.focus();
    setTimeout(() => {
      const cell = this.current();
      const cells = this.table.getRows("active")[0]?.getCells() ?? [];
      const kept = cells.find((each) => each.getField() === this.column_of_keys);
      const first = kept ?? cells.find((each) => each.getField() !== "_row");
      if (first && (kept || !cell || cell.getField() === "_row")) this.range()?.setBounds(first, first);
      if (first) this.column_of_keys = "";
    }); // Tabulator itself begins at the first column, once the rows stand
  }

  // Before the rows are loaded anew.
  remember() {
    this.column_of_keys = this.current()?.getField() || this.column_of_keys || "";
  }

  // Tabulator gives the part that scrolls a place in the order of keys and no role, which a grid may not hold.
  name_parts() {
    const scrolls = this.place.querySelector(".tabulator-tableholder");
    scrolls.setAttribute("role", "rowgroup");
    scrolls.firstElementChild.setAttribute("role", "presentation");
  }

  head() {
    const words = this.facts.words;
    const all = make("input", { type: "checkbox", "aria-label": words.all, onclick: (event) => this.choose(this.table.getRows(), event.target.checked) });
    return {
      width: 66,
      frozen: true,
      resizable: false,
      headerSort: false,
      field: "_row",
      cssClass: "row-head",
      titleFormatter: () => all,
      formatter: (cell) => {
        const row = cell.getRow();
        const tick = make("input", { type: "checkbox", tabindex: "-1", "aria-label": words.choose, checked: this.chosen.has(row.getIndex()), onclick: (event) => (event.stopPropagation(), this.choose([row], event.target.checked)) });
        const look = make("button", { type: "button", class: "look", tabindex: "-1", "aria-label": words.open, onclick: (event) => (event.stopPropagation(), this.onLooked?.(row)) }, icon("eye"));
        return make("span", { class: "row-tools" }, tick, look);
      },
    };
  }

  column({ name, width }, place) {
    const column = this.byName.get(name);
    const is_first = place === 0;
    return {
      field: name,
      title: column.title,
      width: width || Math.max(this.facts.widths[name] || WIDTHS[column.kind], breadth(column.title) + HEAD),
      minWidth: 48,
      frozen: place < this.frozen,
      hozAlign: column.kind === "figure" ? "right" : "left",
      headerHozAlign: column.kind === "figure" ? "right" : "left",
      headerSort: column.sorts,
      headerTooltip: column.hint || column.title,
      cssClass: `${is_first ? "code" : column.kind} ${column.filled_in && !column.is_new_only ? "fillable" : ""}`.trim(),
      titleFormatter: () => make("span", { class: "title" }, make("span", {}, column.title), column.filters.length ? this.filters.button(column) : ""),
      formatter: formatter(this.facts, column),
      editor: column.filled_in && !column.is_new_only && this.facts.may_change ? editor(this.facts, column, (event) => this.goOn(event)) : undefined,
    };
  }

  async page(params) {
    this.take(params.sort ?? []);
    const asked = this.question();
    asked.set("fields", this.visible().join(","));
    asked.set("limit", PAGE);
    if (params.page > 1) asked.set("cursor", this.next);
    this.loads += 1;
    this.loading = ask(`${this.facts.addresses.rows}?${asked}`);
    const answer = await this.loading;
    this.next = answer.next;
    if (params.page === 1) Object.assign(this, { total: answer.total, isMore: answer.is_more });
    return { last_page: params.page + (answer.next ? 1 : 0), data: answer.rows };
  }

  // Once what is being loaded stands. How often something was asked for until then.
  async settled() {
    for (let before = -1; before !== this.loads; ) {
      before = this.loads;
      await this.loading?.catch(() => {}); // who asked for it says what went wrong
      await new Promise((resolve) => setTimeout(resolve));
    }
    return this.loads;
  }

  // What Tabulator sorts by, once that is another order than the layout's, which may name columns that are not shown.
  take(sorters) {
    const text = sorters.map((each) => `${each.dir === "desc" ? "-" : ""}${each.field}`).join(",");
    if (text === this.sorted_by) return;
    Object.assign(this, { sorted_by: text, sort: text });
    this.onSorted?.();
  }

  // Which rows in what order, as the address of the list says it.
  question() {
    return new URLSearchParams([...this.filters.set, ["sort", this.sort || this.facts.sort]]);
  }

  visible() {
    return this.table.getColumns().map((column) => column.getField()).filter((name) => name && name !== "_row");
  }

  // Of a table that is not built yet: what it is going to have.
  layout() {
    if (!this.is_built) return this.drawn;
    return this.table.getColumns().filter((column) => column.getField() && column.getField() !== "_row").map((column) => ({ name: column.getField(), width: Math.round(column.getWidth()) }));
  }

  reload() {
    this.remember();
    this.chosen.clear();
    this.onChosen?.();
    return this.table.setData();
  }

  choose(rows, is_chosen) {
    for (const row of rows) {
      this.chosen[is_chosen ? "add" : "delete"](row.getIndex());
      const tick = row.getElement().querySelector(".row-tools input");
      if (tick) tick.checked = is_chosen;
      row.getElement().setAttribute("aria-selected", is_chosen);
    }
    this.onChosen?.();
  }

  range() {
    return this.table.getRanges()[0];
  }

  current() {
    return this.range()?.getStructuredCells()[0]?.[0];
  }

  sortBy(name) {
    if (!this.byName.get(name)?.sorts) return;
    this.remember();
    this.table.setSort(name, this.sort === name ? "desc" : "asc");
  }

  // As in a spreadsheet: after Enter the cell below, after Tab the next one.
  goOn({ key, shiftKey }) {
    const keyCode = { Enter: shiftKey ? 38 : 40, Tab: shiftKey ? 37 : 39 }[key];
    this.place.focus();
    if (keyCode) setTimeout(() => this.place.dispatchEvent(new KeyboardEvent("keydown", { keyCode, bubbles: true })));
  }

  // By a key: the focus goes back to the cells then.
  filter(name) {
    const button = this.place.querySelector(`[data-filter="${name}"]`);
    if (button) this.filters.open(this.byName.get(name), button, this.place);
  }

  may(cell) {
    const column = this.byName.get(cell.getField());
    return Boolean(this.facts.may_change && column?.filled_in && !column.is_new_only);
  }

  address(row) {
    return rowAddress(this.facts.addresses.row, row.getIndex());
  }
}
