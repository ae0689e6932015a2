// Layouts of the list: which columns in what order and width, sorted and filtered how; kept under names, as tabs.
import { fill, icon, make, say } from "./elements.js";
import { newKey, tell } from "./server.js";

export class Layouts {
  constructor(facts, grid, filters) {
    Object.assign(this, { facts, grid, filters, views: facts.views, opened: null, place: document.querySelector("[data-views]") });
  }

  // The address comes first, as somebody may have sent it; then one's default.
  begin(address) {
    const asked = [...address].filter(([name]) => name.startsWith("filter["));
    const view = asked.length || address.get("sort") ? null : this.views.find((each) => each.is_opened);
    if (view) return this.open(view);
    this.show({ columns: this.facts.shown.map((name) => ({ name })), sort: address.get("sort") === this.facts.sort ? "" : address.get("sort") || "", filters: Object.fromEntries(asked) });
  }

  open(view) {
    this.opened = view;
    this.show(view ? view.layout : { columns: this.facts.shown.map((name) => ({ name })), sort: "", filters: {} });
  }

  show({ columns, sort, filters, frozen = 1 }) {
    const known = columns.filter((each) => this.grid.byName.has(each.name));
    this.filters.replace(filters);
    this.grid.draw(known.length ? known : this.facts.shown.map((name) => ({ name })), sort, frozen);
    this.filters.draw();
    this.draw();
  }

  draw() {
    const words = this.facts.words;
    const tab = (view, title) => make("button", { type: "button", "aria-current": this.opened === view ? "true" : null, onclick: () => this.open(view) }, title, view?.team ? make("span", { class: "tag" }, this.team(view.team)) : "");
    this.place.replaceChildren(tab(null, words.standard), ...this.views.map((view) => tab(view, view.name)), make("span", { class: "fill" }), this.columns(), make("button", { type: "button", class: "tool", onclick: () => this.keep() }, icon("star"), words.keep));
    if (this.opened?.is_mine) this.place.append(make("button", { type: "button", class: "tool", onclick: () => this.drop() }, icon("trash"), words.drop));
  }

  team(name) {
    return new Map(this.facts.teams).get(name) || this.facts.words.team;
  }

  columns() {
    const words = this.facts.words;
    const list = make("div", { class: "columns" });
    const menu = make("details", { class: "menu-of" }, make("summary", { class: "tool" }, icon("columns-3"), words.columns), list);
    menu.addEventListener("toggle", () => menu.open && list.replaceChildren(...this.choices()));
    return menu;
  }

  choices() {
    const words = this.facts.words;
    const now = this.grid.layout();
    const shown = new Set(now.map((each) => each.name));
    const order = [...now.map((each) => each.name), ...this.facts.columns.map((column) => column.name).filter((name) => !shown.has(name))];
    const redraw = (columns, frozen) => (this.grid.draw(columns, this.grid.sort, frozen), this.filters.draw());
    return order.map((name) => {
      const turn = (event) => {
        const next = event.target.checked ? [...this.grid.layout(), { name }] : this.grid.layout().filter((each) => each.name !== name);
        if (!next.length) return (event.target.checked = true);
        redraw(next);
        this.goBackTo(`[data-name="${name}"] input`);
      };
      const move = (by) => {
        const columns = this.grid.layout();
        const at = columns.findIndex((each) => each.name === name);
        if (at < 0 || at + by < 0 || at + by >= columns.length) return;
        columns.splice(at + by, 0, ...columns.splice(at, 1));
        redraw(columns);
        this.goBackTo(`[data-name="${name}"] [data-by="${by}"]`);
      };
      const at = now.findIndex((each) => each.name === name);
      const freeze = () => {
        redraw(this.grid.layout(), at + 1 === this.grid.frozen ? 1 : at + 1);
        this.goBackTo(`[data-name="${name}"] [data-freeze]`);
      };
      const lock = () => make("button", { type: "button", class: "look", data: { freeze: "" }, title: words.freeze, "aria-label": `${words.freeze}: ${this.grid.byName.get(name).title}`, "aria-pressed": String(at < this.grid.frozen), onclick: freeze }, icon("lock"));
      const step = (by, drawn) => make("button", { type: "button", class: "look", data: { by }, "aria-label": `${this.grid.byName.get(name).title} ${by < 0 ? "↑" : "↓"}`, onclick: () => move(by) }, icon(drawn));
      return make("div", { data: { name } }, make("label", {}, make("input", { type: "checkbox", checked: shown.has(name), onclick: turn }), this.grid.byName.get(name).title), ...(shown.has(name) ? [lock(), step(-1, "chevron-up"), step(1, "chevron-down")] : []));
    });
  }

  // The menu as it is now, the keys where they were: a list that is drawn anew takes them once its rows stand.
  goBackTo(selector) {
    const list = this.place.querySelector(".columns");
    list.replaceChildren(...this.choices());
    const find = () => list.closest("details")?.open && list.querySelector(selector)?.focus();
    find();
    let isBack = false;
    this.grid.table.on("dataProcessed", () => isBack || setTimeout(find, 0, (isBack = true)));
  }

  keep() {
    const words = this.facts.words;
    const dialog = document.querySelector("[data-keep]");
    const name = make("input", { class: "form-control", name: "name", required: true, maxlength: "60", autocomplete: "off" });
    name.value = this.opened?.name ?? "";
    const team = make("select", { class: "form-select", name: "team" }, make("option", { value: "" }, words.only_me), ...this.facts.teams.map(([value, title]) => make("option", { value, selected: this.opened?.team === value }, title)));
    const is_default = make("input", { type: "checkbox", checked: Boolean(this.opened?.is_default) });
    const form = make("form", { class: "asking scroll" }, make("label", {}, make("span", {}, words.name), name), make("label", {}, make("span", {}, words.share), team), make("label", {}, make("span", {}, words.default), is_default), make("p", { class: "act" }, make("button", { type: "button", class: "btn", onclick: () => dialog.close() }, words.close), make("button", { class: "btn btn-primary" }, words.keep)));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const layout = { columns: this.grid.layout(), frozen: this.grid.frozen, sort: this.grid.sort, filters: Object.fromEntries(this.filters.set) };
      const is_kept = await this.send(this.facts.addresses.keep, { name: name.value, team: team.value, is_default: is_default.checked, layout });
      if (!is_kept) return; // what was typed stays
      dialog.close();
      this.opened = this.views.find((view) => view.name === name.value.trim() && view.team === team.value) ?? null;
      this.draw();
    });
    dialog.replaceChildren(make("header", {}, make("h2", { id: "keep-title" }, words.keep)), form);
    dialog.showModal();
  }

  async drop() {
    const { id, version } = this.opened;
    if (await this.send(this.facts.addresses.drop, { id, version })) this.open(null);
  }

  async send(address, what) {
    try {
      this.views = (await tell(address, { key: newKey(), ...what })).views;
      return true;
    } catch (error) {
      say(error.message || this.facts.words.failed);
      return false;
    }
  }
}
