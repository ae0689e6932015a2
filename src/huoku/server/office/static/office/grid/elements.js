// Making elements without markup in strings: what people wrote never becomes a tag.
export function make(tag, facts = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...inside.filter((each) => each !== null && each !== undefined));
  return made;
}

export function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.querySelector(".icon use").getAttribute("href").split("#")[0]}#${name}`);
  drawn.append(use);
  return drawn;
}

// "{n} {n|row|rows}": the first where n is 1.
export const fill = (words, fields) =>
  words.replace(/\{(\w+)\|([^{}|]*)\|([^{}|]*)\}/g, (_, name, one, many) => (String(fields[name]) === "1" ? one : many)).replace(/\{(\w+)\}/g, (_, name) => fields[name]);

// What was done, said at the foot of the page for a while, with a way back where there is one.
let spoken = null;
export function say(words, button = null) {
  spoken?.remove();
  const said = make("div", { class: "said", role: "status" }, words);
  if (button) said.append(make("button", { type: "button", onclick: () => (said.remove(), button.act()) }, button.words));
  document.body.append(said);
  spoken = said;
  setTimeout(() => said.remove(), button ? 600000 : 6000);
}
