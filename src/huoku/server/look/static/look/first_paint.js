// Runs before anything is drawn: where no theme was chosen, the browser's own wish counts.
const root = document.documentElement;
if (!root.dataset.theme) {
  const wants = (wish) => window.matchMedia(`(${wish})`).matches;
  root.dataset.theme = wants("prefers-contrast: more") ? "contrast" : wants("prefers-color-scheme: dark") ? "dark" : "light";
}
