// Bringing in one's own data: files dropped on the page are sent at once, and what takes long shows how far it is.
const LOOK_AGAIN = 1000;

const form = document.querySelector("[data-drop]");
if (form) {
  const place = form.querySelector(".drop-here");
  const input = form.querySelector("input[type=file]");
  const chosen = form.querySelector("[data-chosen]");
  form.classList.add("scripted");
  input.addEventListener("change", () => (chosen.textContent = [...input.files].map((file) => file.name).join("、")));
  const send = (files) => {
    if (!files.length) return;
    input.files = files;
    form.requestSubmit();
  };
  for (const name of ["dragenter", "dragover"])
    form.addEventListener(name, (event) => {
      event.preventDefault();
      place.classList.add("over");
    });
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => place.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    send(event.dataTransfer.files);
  });
  form.addEventListener("submit", () => {
    form.setAttribute("aria-busy", "true");
    form.querySelector("button").disabled = true;
  });
}

// While something is under way the same page is asked for again; where it ends, the page is loaded as it is then, and
// from the first plan the way leads to Today.
const far = () => document.querySelector("[data-own]");
const WAITS = ["looking", "bringing", "planning"];

async function look() {
  const answer = await fetch(location.pathname, { headers: { "X-Live": "1" } }).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-own]");
    const state = fresh?.dataset.own;
    if (state === "done" && fresh.dataset.leads) return location.assign(fresh.dataset.leads);
    if (state !== far().dataset.own) return location.replace(location.pathname);
    if (fresh) far().replaceChildren(...fresh.childNodes);
  }
  setTimeout(look, LOOK_AGAIN);
}
if (WAITS.includes(far()?.dataset.own)) setTimeout(look, LOOK_AGAIN);
