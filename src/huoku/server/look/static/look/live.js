// Parts of a page that stand for figures or rows, marked by data-live=NAME, are brought up to date in their place: what
// differs is marked, nothing moves, and nothing is taken from under the hands of whoever types or has something open.
import { fill } from "./parts.js";

const PAUSE = 10000;
const IDLE = 600000;

export function followLive() {
  const watch = document.body.querySelector("[data-watch]")?.dataset.watch;
  if (!watch) return;
  const words = watch.split(" ");
  let last = 0;
  let waiting = 0;
  let used = Date.now();
  ["pointerdown", "keydown", "scroll"].forEach((name) => addEventListener(name, () => (used = Date.now()), { passive: true, capture: true }));

  const concerns = ({ events, is_all }) => words.includes("*") || !is_all || events.some(([, subject]) => words.includes(subject));
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, Math.max(500, last + PAUSE - Date.now()));
  };
  const renew = async () => {
    if (document.hidden || Date.now() - used > IDLE || isBusy()) return later();
    last = Date.now();
    const answer = await fetch(location.href, { headers: { "X-Live": "1" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelectorAll("[data-live]").forEach((part) => replace(part, fresh.querySelector(`[data-live="${part.dataset.live}"]`)));
  };
  document.addEventListener("huoku:changed", (event) => concerns(event.detail) && later());
}

// Somebody types, or has a popover, a dialog or a menu open.
function isBusy() {
  const typed = [...document.querySelectorAll("main textarea, main input[type=text], main input:not([type])")].some((each) => each.value !== each.defaultValue);
  return typed || Boolean(document.querySelector("dialog[open], .menu-of[open], #pop:not([hidden])")) || Boolean(document.activeElement?.closest("[data-live] form"));
}

function replace(part, fresh) {
  if (fresh?.dataset.follows) return fill(part, fresh.dataset.follows);
  if (!fresh || text(part) === text(fresh)) return;
  const before = new Map(pieces(part).map((each, at) => [keyOf(each, at), text(each)]));
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  const ticked = new Set([...part.querySelectorAll("input:checked")].map((each) => `${each.name}=${each.value}`));
  const sideways = [...part.querySelectorAll(".scroll-x")].map((each) => each.scrollLeft);
  const current = [...before.keys()][pieces(part).findIndex((each) => each.classList.contains("cur"))];
  const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
  part.replaceChildren(...fresh.childNodes);
  part.querySelectorAll("details").forEach((each, at) => (each.open = open[at] ?? each.open));
  part.querySelectorAll("input[type=checkbox], input[type=radio]").forEach((each) => ticked.has(`${each.name}=${each.value}`) && (each.checked = true));
  part.querySelectorAll(".scroll-x").forEach((each, at) => (each.scrollLeft = sideways[at] || 0));
  if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  pieces(part).forEach((each, at) => {
    each.classList.toggle("renewed", before.get(keyOf(each, at)) !== text(each));
    if (current !== undefined && keyOf(each, at) === current) each.classList.add("cur");
  });
}

const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
const pieces = (part) => [...part.querySelectorAll("tbody tr, .li, .kpi, .tl > li, .facts > div, .totals > span, .figures > span")];
const keyOf = (piece, at) => piece.querySelector("a")?.getAttribute("href") || piece.querySelector("dt, th, .what")?.textContent || String(at);
