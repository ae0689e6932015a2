// What every page does: looks, the rail on a telephone, reasons, what was said, keys, the search.
import { nameCells } from "./cards.js";
import { followChanges } from "./changes.js";
import { followCounts } from "./counts.js";
import { followChoices } from "./choices.js";
import { followDays } from "./days.js";
import { followKeys } from "./keys.js";
import { followLive } from "./live.js";
import { followParts } from "./parts.js";
import { followReasons } from "./reasons.js";
import { followSearch } from "./search.js";
import { followTalk } from "./talk.js";
import { followUnsent } from "./unsent.js";

nameCells();
followChoices();
followCounts();
followDays();
followKeys();
followParts();
followReasons();
followSearch();
followTalk();
followUnsent();
followLive();
followChanges();

// One menu open at a time; a click beside it, or Escape, closes it. What was clicked may be gone by now: its way counts.
const menus = () => document.querySelectorAll(".menu-of[open]");
document.addEventListener("click", (event) => menus().forEach((menu) => event.composedPath().includes(menu) || (menu.open = false)));

const rail = document.querySelector(".rail");
document.querySelectorAll("[data-rail]").forEach((button) =>
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    button.setAttribute("aria-expanded", rail.classList.toggle("open"));
  }),
);
document.addEventListener("click", (event) => rail && !rail.contains(event.target) && rail.classList.remove("open"));
