// The list of what to buy: the drawer of one purchase, what is chosen, groups that fold, and what other ways would save.
const drawer = document.querySelector("#drawer");
const list = document.querySelector("#chosen");
const body = list.querySelector("tbody");

let opener = document.querySelector("tr.cur [data-drawer]");
const show = async (link) => {
  const answer = await fetch(link.dataset.drawer);
  if (!answer.ok) return location.assign(link.href);
  drawer.innerHTML = await answer.text();
  drawer.hidden = false;
  list.querySelectorAll("tr.cur").forEach((row) => row.classList.remove("cur"));
  link.closest("tr").classList.add("cur");
  link.closest("tr").scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", link.href);
  opener = link;
  suggest();
  drawer.querySelector("h2").focus({ preventScroll: true });
};
const close = () => {
  if (drawer.hidden) return;
  drawer.hidden = true;
  const address = new URL(location.href);
  address.searchParams.delete("open");
  history.replaceState(null, "", address);
  opener?.focus();
};
const seen = () => [...list.querySelectorAll("[data-drawer]")].filter((link) => !link.closest("tr").hidden);
const walk = (by) => {
  const all = seen();
  const at = all.findIndex((link) => link.closest("tr").classList.contains("cur"));
  const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
  if (next) show(next).then(() => drawer.querySelector(`[data-walk="${by}"]`).focus());
};
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-drawer]");
  const fold = event.target.closest(".fold");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show(link);
  } else if (event.target.closest("[data-close]")) close();
  else if (event.target.closest("[data-walk]")) walk(Number(event.target.closest("[data-walk]").dataset.walk));
  else if (fold) turn(fold.closest("tr").dataset.group);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open], #pop:not([hidden]), .menu-of[open]")) close();
});

// The reason: a line for the option that is chosen is proposed; a rejection needs one.
const suggest = () => {
  const reason = drawer.querySelector("#reason");
  if (!reason) return;
  reason.dataset.asked ??= reason.placeholder;
  const option = drawer.querySelector("[name=option]:checked");
  reason.placeholder = (option && reason.getAttribute(`data-for-${option.value}`)) || reason.dataset.asked;
};
drawer.addEventListener("change", (event) => event.target.name === "option" && suggest());
drawer.addEventListener("input", (event) => event.target.id === "reason" && event.target.setCustomValidity(""));
drawer.addEventListener("click", (event) => {
  const reason = drawer.querySelector("#reason");
  const button = event.target.closest("button");
  if (!reason || !button) return;
  reason.setCustomValidity(button.matches("[data-reject]") && !reason.value.trim() ? reason.dataset.needed : "");
});

// What is chosen: so many rows, as many drafts as there are suppliers and sites among them, and their money.
const ticks = () => [...list.querySelectorAll("input[name=id]:not(:disabled)")];
const money = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
const count = () => {
  const chosen = ticks().filter((tick) => tick.checked);
  ticks().forEach((tick) => tick.closest("tr").setAttribute("aria-selected", tick.checked));
  document.querySelectorAll("[data-needs-chosen]").forEach((button) => (button.disabled = chosen.length === 0));
  document.querySelector("[data-count]").textContent = chosen.length;
  const total = document.querySelector("[data-chosen-total]");
  if (!total) return;
  const rows = chosen.map((tick) => tick.closest("tr").dataset);
  const papers = new Set(rows.map((row) => row.paper)).size;
  total.hidden = chosen.length === 0;
  const words = chosen.length === 1 ? total.dataset.one : total.dataset.words;
  total.querySelector("span").textContent = words.replace("{n}", chosen.length).replace("{m}", papers);
  const symbol = document.querySelector(".totals .why")?.textContent.match(/^\D*/)[0] || "";
  total.querySelector("b").textContent = symbol + money.format(rows.reduce((sum, row) => sum + Number(row.amount), 0));
};
list.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) ticks().forEach((tick) => !tick.closest("tr").hidden && (tick.checked = event.target.checked));
  count();
});

// Groups that are folded stay so when their rows are renewed.
const folded = new Set();
const turn = (group) => {
  if (!folded.delete(group)) folded.add(group);
  fold();
};
const fold = () => {
  let hidden = false;
  body.querySelectorAll("tr").forEach((row) => {
    if (row.matches(".group")) {
      hidden = folded.has(row.dataset.group);
      row.querySelector(".fold")?.setAttribute("aria-expanded", !hidden);
    } else row.hidden = hidden;
  });
};

// What other ways would save takes a moment to work out: it is asked for when the list is read already.
let saved = null;
const tellSaved = () => {
  if (!saved) return;
  const total = document.querySelector("[data-saving]");
  if (total && saved.total) {
    const figure = total.querySelector("b");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "why", textContent: saved.total });
    button.dataset.why = figure.dataset.opens;
    button.setAttribute("aria-haspopup", "dialog");
    figure.replaceChildren(button);
    total.hidden = false;
  }
  Object.entries(saved.rows).forEach(([id, words]) => {
    const row = body.querySelector(`tr[data-id="${id}"]`);
    const cell = row?.querySelector("[data-options]");
    if (!cell || cell.querySelector("a")) return;
    const link = row.querySelector("[data-drawer]").cloneNode();
    link.className = "";
    link.textContent = words;
    cell.replaceChildren(link);
  });
};
const askSaved = async () => {
  const answer = await fetch(list.dataset.savings).catch(() => null);
  if (!answer?.ok) return;
  saved = await answer.json();
  tellSaved();
};

const renewed = new MutationObserver(() => {
  fold();
  count();
  tellSaved();
});
renewed.observe(body, { childList: true });
renewed.observe(document.querySelector(".totals"), { childList: true });
count();
suggest();
if (body.querySelector("[data-id]")) askSaved();
