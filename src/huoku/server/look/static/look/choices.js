// Theme, density and size of type: shown at once, and remembered in a cookie that the server reads.
const YEAR = 31536000;

export function followChoices() {
  const root = document.documentElement;
  const groups = [...document.querySelectorAll("[data-look]")];
  const show = () =>
    groups.forEach((group) =>
      group.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", root.dataset[group.dataset.look] === button.value)),
    );
  groups.forEach((group) =>
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      root.dataset[group.dataset.look] = button.value;
      const said = groups.map((each) => root.dataset[each.dataset.look]).join(".");
      document.cookie = `look=${said}; path=${group.closest("[data-path]").dataset.path}; max-age=${YEAR}; samesite=lax`;
      show();
    }),
  );
  show();
}
