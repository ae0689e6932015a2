// Ctrl-K: what one types is looked up on the server; arrows walk, Enter opens.
const WAIT = 120;

export function followSearch() {
  const dialog = document.querySelector("#search");
  if (!dialog) return;
  const input = dialog.querySelector("input");
  const list = dialog.querySelector(".found");
  let timer = 0;
  let asked = 0;

  document.querySelectorAll("[data-search]").forEach((button) =>
    button.addEventListener("click", () => {
      dialog.showModal();
      input.select();
      look();
    }),
  );
  const look = async () => {
    const number = ++asked;
    const answer = await fetch(`${dialog.dataset.at}?q=${encodeURIComponent(input.value)}`);
    if (number !== asked || !answer.ok) return;
    list.innerHTML = await answer.text();
    choose(0);
  };
  const choose = (index) => {
    const all = [...list.children];
    all.forEach((each, at) => each.setAttribute("aria-selected", at === index));
    const chosen = all[index];
    chosen?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen?.id ?? "");
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const all = [...list.children];
    const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      choose(Math.max(0, Math.min(all.length - 1, at + by)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      list.querySelector("[aria-selected=true] a")?.click();
    }
  });
}
