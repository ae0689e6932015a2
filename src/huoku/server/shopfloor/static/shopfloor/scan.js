// A scanner is a keyboard: what it types goes into the page's scan field, wherever the focus is, unless somebody is
// typing into another one. Without this the field is used like any other.
const field = document.querySelector("[data-scan]");
if (field) {
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    const isTyping = at && at !== field && at.matches("input:not([type=checkbox]), select, textarea");
    const isText = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isText && !isTyping && at !== field) field.focus();
  });
}
