// How a value stands in a cell, by the kind of its column; the same as text, to be copied; and how it is written.
import { make } from "./elements.js";
import { rowAddress } from "./server.js";

const QUIET = "—";

export function formatter(facts, column) {
  const named = new Map(column.choices);
  return (cell) => {
    const value = cell.getValue();
    if (value === null || value === undefined || value === "") return column.kind === "figure" ? make("span", { class: "quiet" }, QUIET) : "";
    const row = cell.getData();
    const told = row[`${column.name}_words`];
    const shown = told === undefined ? String(value) : told;
    const page = row[`${column.name}_page`];
    if (page) return withName(make("a", { href: page, tabindex: "-1" }, shown), row[`${column.name}_called`]);
    switch (column.kind) {
      case "state": {
        const badge = column.badges[value] || ["N", "·"];
        return make("span", { class: `st ${badge[0]}` }, make("i", { class: `mk ${badge[0]}`, "aria-hidden": "true" }, badge[1]), named.get(value) || value);
      }
      case "choice":
        return document.createTextNode(nameOf(named, value));
      case "flag":
        return document.createTextNode(value ? facts.words.yes : facts.words.no);
      case "figure":
        return document.createTextNode(figure(String(value)));
      case "part":
        return part(Number(value));
      case "due":
        return due(value, facts);
      case "date":
        return document.createTextNode(value.slice(0, 4) === facts.today.slice(0, 4) ? value.slice(5) : value);
      case "moment":
        return document.createTextNode(`${value.slice(0, 4) === facts.today.slice(0, 4) ? value.slice(5, 10) : value.slice(0, 10)} ${value.slice(11, 16)}`);
      case "json":
        return document.createTextNode(told ?? (Array.isArray(value) ? value.join(", ") : ""));
    }
    const there = column.opens && row[`${column.name}_id`];
    if (!there) return document.createTextNode(shown);
    return make("a", { href: rowAddress(facts.addresses.opens[column.opens], there), tabindex: "-1" }, shown);
  };
}

// A day; one that is past with how many days ago, by shape and word.
function due(value, facts) {
  const shown = value.slice(0, 4) === facts.today.slice(0, 4) ? value.slice(5) : value;
  const late = Math.round((Date.parse(facts.today) - Date.parse(value)) / 86400000);
  if (late <= 0) return document.createTextNode(shown);
  return make("span", { class: "st O" }, make("i", { class: "mk O", "aria-hidden": "true" }, "!"), `${shown} · ${facts.words.late.replace("{n}", late)}`);
}

// A part of a whole: a small bar, and its percent; what is not quite all of it is never rounded to it.
function part(of) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const done = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const [name, value] of Object.entries({ width: Math.round(100 * Math.min(Math.max(of, 0), 1)), height: 8 })) done.setAttribute(name, value);
  svg.append(done);
  const percent = Math.round(100 * of);
  const shown = percent === 0 && of > 0 ? "<1%" : percent === 100 && of < 1 ? ">99%" : `${percent}%`;
  return make("span", { class: "part" }, svg, shown);
}

// A code that opens its row, and what that row is called.
function withName(link, called) {
  return called ? make("span", {}, link, " ", make("span", { class: "quiet" }, called)) : link;
}

// One code or several. What is about one item or line ends in its number: taken_6 is called as taken is.
function nameOf(named, given) {
  if (Array.isArray(given)) return given.map((each) => nameOf(named, each)).join(", ");
  const value = String(given);
  return named.get(value) || named.get(value.replace(/_\d+$/, "")) || value;
}

export function figure(text) {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(text) || [null, "", text, ""];
  return `${sign ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest}`;
}

// As a spreadsheet takes it: plain figures, whole dates, names of choices.
export function asText(facts, column, value) {
  if (value === null || value === undefined) return "";
  if (column.kind === "flag") return value ? facts.words.yes : facts.words.no;
  if (column.kind === "state" || column.kind === "choice") return nameOf(new Map(column.choices), value);
  if (column.kind === "moment") return String(value).slice(0, 16).replace("T", " ");
  return column.kind === "json" ? JSON.stringify(value) : String(value);
}

// One input for one cell: a list of choices, or a line of text that the server reads.
export function input(facts, column, text) {
  if (column.filled_in === "flag" || column.filled_in === "choice") {
    const offered = column.filled_in === "flag" ? [facts.words.yes, facts.words.no] : column.choices.map(([, words]) => words);
    const chosen = make("select", { class: "form-select" }, ...(offered.includes(text) ? [] : [make("option", { value: "" }, "")]));
    chosen.append(...offered.map((words) => make("option", { value: words, selected: words === text }, words)));
    return chosen;
  }
  const line = make("input", { class: "form-control", type: "text", inputmode: column.kind === "figure" ? "decimal" : null, autocomplete: "off" });
  line.value = text;
  return line;
}

// ``onDone``: where the keys go on, after Enter or Tab.
export function editor(facts, column, onDone = null) {
  return (cell, onRendered, success, cancel) => {
    const before = asText(facts, column, cell.getValue());
    const written = input(facts, column, before);
    written.setAttribute("aria-label", column.title);
    const end = (keep) => (keep && written.value !== before ? success(written.value) : cancel());
    let is_over = false;
    const once = (keep) => is_over || ((is_over = true), end(keep));
    written.addEventListener("blur", () => once(true));
    written.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" || event.key === "Tab") (event.preventDefault(), once(true), onDone?.(event));
      if (event.key === "Escape") (once(false), onDone?.(event));
    });
    onRendered(() => (written.focus(), written.select?.()));
    return written;
  };
}
