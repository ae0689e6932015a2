// The reason of a number: a button with class "why" and data-why=ADDRESS fills the one popover of the page from the server.
export function followReasons() {
  let opened = null;
  const pop = document.querySelector("#pop");
  if (!pop) return;

  const close = (back) => {
    if (!opened) return;
    pop.hidden = true;
    opened.setAttribute("aria-expanded", "false");
    if (back) opened.focus();
    opened = null;
  };
  const open = async (button) => {
    close();
    opened = button;
    button.setAttribute("aria-expanded", "true");
    const answer = await fetch(button.dataset.why);
    if (opened !== button) return;
    pop.innerHTML = await answer.text();
    pop.hidden = false;
    const at = button.getBoundingClientRect();
    const below = at.bottom + 6;
    pop.style.left = `${Math.max(12, Math.min(at.left - 12, innerWidth - pop.offsetWidth - 12))}px`;
    pop.style.top = `${below + pop.offsetHeight < innerHeight - 8 ? below : Math.max(8, at.top - pop.offsetHeight - 6)}px`;
    pop.focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".why[data-why]");
    if (button) return button === opened ? close(true) : open(button);
    if (!pop.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && close(true));
}
