// The drawer of one purchase, and the count of what is chosen.
const drawer = document.querySelector("#drawer");
const list = document.querySelector("#chosen");

let opener = null;
const show = async (link, address) => {
  const answer = await fetch(address);
  if (!answer.ok) return location.assign(link.href);
  drawer.innerHTML = await answer.text();
  drawer.hidden = false;
  list.querySelectorAll("tr.cur").forEach((row) => row.classList.remove("cur"));
  link.closest("tr").classList.add("cur");
  history.replaceState(null, "", link.href);
  opener = link;
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
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-drawer]");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show(link, link.dataset.drawer);
  } else if (event.target.closest("[data-close]")) close();
});
document.addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && close());

const ticks = () => [...list.querySelectorAll("input[name=id]:not(:disabled)")];
const money = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
const count = () => {
  const chosen = ticks().filter((tick) => tick.checked);
  ticks().forEach((tick) => tick.closest("tr").setAttribute("aria-selected", tick.checked));
  const button = document.querySelector("[data-needs-chosen]");
  button.disabled = chosen.length === 0;
  button.querySelector("[data-count]").textContent = chosen.length;
  const total = document.querySelector("[data-chosen-total]");
  total.hidden = chosen.length === 0;
  total.querySelector("b").textContent = money.format(chosen.reduce((sum, tick) => sum + Number(tick.closest("tr").dataset.amount), 0));
};
list.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) ticks().forEach((tick) => (tick.checked = event.target.checked));
  count();
});
count();
