// Talking about a row: names are offered behind an @, files that are chosen or dropped are sent at once.
const NAME = /(^|[\s，。；：、（(])@([^\s@]*)$/u;

export function followTalk() {
  document.querySelectorAll("textarea[data-names]").forEach(offerNames);
  document.querySelectorAll("input[data-sends]").forEach((input) => input.addEventListener("change", () => input.files.length && input.form.requestSubmit()));
  document.querySelectorAll("[data-without-script]").forEach((button) => (button.hidden = true));
  document.querySelectorAll("[data-files-dropped]").forEach(takeFiles);
}

function offerNames(area) {
  const list = area.parentElement.querySelector("[role=listbox]");
  let asked = null;
  const options = () => [...list.children].filter((each) => !each.hidden);
  const close = () => {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    list.querySelectorAll("[aria-selected=true]").forEach((each) => each.setAttribute("aria-selected", "false"));
    if (!option) return close();
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", option.id);
  };
  const typed = () => NAME.exec(area.value.slice(0, area.selectionStart));
  const look = async () => {
    if (!typed()) return close();
    asked ??= fetch(area.dataset.names).then((answer) => (answer.ok ? answer.text() : ""));
    if (!list.children.length) list.innerHTML = await asked;
    const wanted = typed()?.[2].toLowerCase();
    if (wanted === undefined) return close();
    [...list.children].forEach((each) => (each.hidden = !each.dataset.find.split(" ").some((part) => part.startsWith(wanted))));
    list.hidden = options().length === 0;
    choose(options()[0]);
  };
  const take = (option) => {
    const end = area.selectionStart;
    const begin = end - typed()[2].length;
    area.setRangeText(`${option.dataset.username} `, begin, end, "end");
    close();
    area.focus();
  };
  area.addEventListener("input", look);
  area.addEventListener("blur", () => setTimeout(close, 150));
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const all = options();
    const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
    else if (event.key === "Enter" || event.key === "Tab") take(all[Math.max(at, 0)]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
}

function takeFiles(place) {
  const form = document.getElementById(place.dataset.filesDropped);
  if (!form) return;
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const light = (event, isOver) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    place.classList.toggle("dropping", isOver);
  };
  place.addEventListener("dragover", (event) => light(event, true));
  place.addEventListener("dragleave", (event) => place.contains(event.relatedTarget) || light(event, false));
  place.addEventListener("drop", (event) => {
    light(event, false);
    if (!holdsFiles(event) || !event.dataTransfer.files.length) return;
    const input = form.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
