// On a desk the list becomes a grid; a telephone, paper and browsers without scripts keep what the server made.
const desk = matchMedia("(min-width: 761px)");
const begin = async () => {
  if (!desk.matches) return desk.addEventListener("change", begin, { once: true });
  const { openList } = await import("./list.js");
  openList(JSON.parse(document.querySelector("#grid-facts").textContent));
};
begin();
