// On a telephone each row of a table is a card: cells that the server has not named get the words of their column's head.
export const nameCells = () =>
  document.querySelectorAll("table.cards").forEach((table) => {
    const words = [...table.querySelectorAll("thead th")].map((head) => head.innerText.trim());
    table.querySelectorAll("tbody tr:not(.group)").forEach((row) => {
      if (row.cells.length !== words.length || row.querySelector("td[data-label]")) return;
      [...row.cells].forEach((cell, place) => words[place] && !cell.querySelector(".code") && (cell.dataset.label = words[place]));
    });
  });
