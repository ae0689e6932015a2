// One row beside the list: what it is and what happened to it. Up and down walk the rows; focus goes in and comes back.
import { rowAddress } from "./server.js";

export class Drawer {
  constructor(facts, grid) {
    Object.assign(this, { facts, grid, row: null, place: document.querySelector("[data-drawer]") });
    this.place.addEventListener("click", (event) => {
      const step = event.target.closest("[data-step]");
      if (step) return this.walk(Number(step.dataset.step));
      if (event.target.closest("[data-close]")) this.close();
    });
    this.place.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return event.stopPropagation(), this.close();
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by) event.preventDefault(), this.walk(by);
    });
  }

  get is_open() {
    return !this.place.hidden;
  }

  async open(row) {
    this.mark(row);
    const answer = await fetch(rowAddress(this.facts.addresses.drawer, row.getIndex()));
    if (this.row !== row || !answer.ok) return;
    this.place.innerHTML = await answer.text();
    this.place.hidden = false;
    this.place.focus();
  }

  walk(by) {
    const next = by > 0 ? this.row.getNextRow() : this.row.getPrevRow();
    if (next) this.open(next), next.scrollTo("nearest", false).catch(() => {});
  }

  mark(row) {
    this.row?.getElement().classList.remove("cur");
    this.row = row;
    row?.getElement().classList.add("cur");
  }

  close() {
    this.mark(null);
    this.place.hidden = true;
    
    this.grid.place.focus();
  }
}
