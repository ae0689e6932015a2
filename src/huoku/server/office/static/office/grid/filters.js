// A filter in the head of each column, and a line of those that are set. Kept by the names that the server has for them.
import { fill, icon, make } from "./elements.js";

export class Filters {
  constructor(facts, onChange) {
    this.facts = facts;
    this.set = new Map();
    this.onChange = onChange;
    this.line = document.querySelector("[data-filters]");
    this.pop = null;
    document.addEventListener("pointerdown", (event) => this.pop && !this.pop.contains(event.target) && this.close());
  }

  replace(asked) {
    this.set = new Map(Object.entries(asked));
    this.draw();
  }

  of(name) {
    return [...this.set].filter(([key]) => key.startsWith(`filter[${name}][`));
  }

  draw() {
    const words = this.facts.words;
    const chips = this.facts.columns.filter((column) => this.of(column.name).length).map((column) => {
      const said = this.of(column.name).map(([key, value]) => this.said(column, /\[(\w+)\]$/.exec(key)[1], value)).join(" ");
      const drop = () => (this.of(column.name).forEach(([key]) => this.set.delete(key)), this.changed());
      return make("span", { class: "tag" }, `${column.title} ${said} `, make("button", { type: "button", "aria-label": `${words.clear} ${column.title}`, onclick: drop }, "×"));
    });
    this.line.hidden = !chips.length;
    this.line.replaceChildren(...chips, make("button", { type: "button", class: "btn btn-quiet btn-small", onclick: () => (this.set.clear(), this.changed()) }, words.clear_all));
    document.querySelectorAll("[data-filter]").forEach((button) => button.setAttribute("aria-pressed", Boolean(this.of(button.dataset.filter).length)));
  }

  said(column, op, value) {
    const words = this.facts.words;
    const named = new Map(column.choices);
    if (op === "null") return value === "true" ? words.empty : words.filled;
    if (column.kind === "flag") return value === "true" ? words.yes : words.no;
    const plain = value.split(",").map((each) => named.get(each) || each).join("、");
    return { gte: `≥ ${plain}`, lte: `≤ ${plain}`, contains: `“${plain}”`, starts: `${plain}…` }[op] || plain;
  }

  changed() {
    this.draw();
    this.onChange();
  }

  close(back = false) {
    this.pop?.remove();
    if (back) (this.goesBack ?? this.opener)?.focus();
    this.pop = null;
  }

  button(column) {
    return make(
      "button",
      { type: "button", class: "funnel", tabindex: "-1", data: { filter: column.name }, "aria-label": fill(this.facts.words.add_column_filter, column), "aria-pressed": Boolean(this.of(column.name).length), onclick: (event) => (event.stopPropagation(), this.open(column, event.currentTarget)) },
      icon("filter"),
    );
  }

  // ``goesBack``: where the focus was, if a key of the grid has opened it.
  open(column, button, goesBack = null) {
    this.close();
    Object.assign(this, { opener: button, goesBack });
    const words = this.facts.words;
    const now = (op) => this.set.get(`filter[${column.name}][${op}]`) ?? "";
    const form = make("form", { class: "pop filtering", "aria-label": fill(words.add_column_filter, column) }, make("h3", {}, column.title), ...this.asked(column, now));
    const clear = () => (this.of(column.name).forEach(([key]) => this.set.delete(key)), this.close(true), this.changed());
    form.append(make("p", { class: "act" }, make("button", { type: "button", class: "btn btn-small", onclick: clear }, words.clear), make("button", { class: "btn btn-small btn-primary" }, words.apply)));
    form.addEventListener("submit", (event) => (event.preventDefault(), this.take(column, form)));
    form.addEventListener("keydown", (event) => (event.stopPropagation(), event.key === "Escape" && this.close(true)));
    document.body.append(form);
    const at = button.getBoundingClientRect();
    form.style.left = `${Math.max(8, Math.min(at.left - 40, innerWidth - form.offsetWidth - 8))}px`;
    form.style.top = `${at.bottom + 6}px`;
    this.pop = form;
    form.querySelector("input, select")?.focus();
  }

  asked(column, now) {
    const words = this.facts.words;
    const line = (name, title, kind = "text") => {
      const asked = make("input", { class: "form-control", name, type: kind, autocomplete: "off" });
      asked.value = kind === "date" ? now(name).slice(0, 10) : now(name);
      return make("label", {}, make("span", {}, title), asked);
    };
    const tick = (name, value, title, is_set) => make("label", { class: "tick" }, make("input", { type: "checkbox", name, value, checked: is_set }), title);
    const empty = column.filters.includes("null") ? [make("div", { class: "ticks" }, tick("null", "true", words.empty, now("null") === "true"), tick("null", "false", words.filled, now("null") === "false"))] : [];
    if (column.choices.length) {
      const chosen = (now("in") || now("eq")).split(",");
      return [make("div", { class: "ticks" }, ...column.choices.map(([value, title]) => tick("in", value, title, chosen.includes(value))))];
    }
    if (column.kind === "flag") return [make("div", { class: "ticks" }, tick("eq", "true", words.yes, now("eq") === "true"), tick("eq", "false", words.no, now("eq") === "false"))];
    if (column.filters.includes("gte")) {
      const kind = column.kind === "date" || column.kind === "due" || column.kind === "moment" ? "date" : "text";
      return [line("gte", words.between, kind), line("lte", words.to, kind), ...empty];
    }
    if (column.filters.includes("contains")) return [line("contains", words.contains), line("starts", words.starts), line("eq", words.equals)];
    return [line("eq", words.equals)];
  }

  take(column, form) {
    const found = new Map();
    for (const [op, value] of new FormData(form)) if (value.trim()) found.set(op, found.has(op) && op === "in" ? `${found.get(op)},${value}` : value.trim());
    this.of(column.name).forEach(([key]) => this.set.delete(key));
    for (const [op, value] of found) this.set.set(`filter[${column.name}][${op}]`, column.kind === "moment" && op !== "null" ? `${value}T${op === "lte" ? "23:59:59" : "00:00:00"}${this.facts.offset}` : value.replace(/^(-?[\d,]+)(\.\d+)?$/, (text) => (column.kind === "figure" ? text.replaceAll(",", "") : text)));
    this.close(true);
    this.changed();
  }
}
