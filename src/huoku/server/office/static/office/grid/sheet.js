// The clipboard's tables: tabs and line ends, with quotes where a cell holds such, as spreadsheets write them.
export function cellsOf(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') (cell += '"'), at++;
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") rows.at(-1).push(cell), (cell = "");
    else if (sign === "\n") rows.at(-1).push(cell), (cell = ""), rows.push([]);
    else if (sign !== "\r") cell += sign;
  }
  rows.at(-1).push(cell);
  while (rows.length && rows.at(-1).every((each) => each === "")) rows.pop();
  return rows;
}

export const textOf = (rows) => rows.map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t")).join("\r\n");
