// Parts of a page that take long to work out follow when it is open: data-follows=ADDRESS. Where that fails, and without
// scripts, the link in them leads to the page with all of it.
export function followParts() {
  document.querySelectorAll("[data-follows]").forEach((part) => fill(part, part.dataset.follows));
}

export async function fill(part, address) {
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) part.innerHTML = await answer.text();
  else for (const link of part.querySelectorAll("noscript")) link.outerHTML = link.textContent;
  part.removeAttribute("aria-busy");
  part.removeAttribute("data-follows");
}
