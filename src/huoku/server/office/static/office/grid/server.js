// Asking and telling the server; a refusal comes back as an Error in the reader's words.
import { token } from "../../look/unsent.js";

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const ask = (address) =>
  answered(fetch(address, { headers: { Accept: "application/json" } })).catch((error) => {
    if (error.status === 401) location.reload(); // nothing is lost by that; what is told below stays on the page
    throw error;
  });

export const tell = (address, what) =>
  answered(
    fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() ?? document.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify(what),
    }),
  );

// Addresses of rows come with 0 where the row stands.
export const rowAddress = (address, row) => address.replace(/\/0(?=\/|$)/, `/${row}`);

async function answered(waiting) {
  let answer;
  try {
    answer = await waiting;
  } catch {
    throw new Error("");
  }
  const told = await answer.json().catch(() => ({ refused: `${answer.status}` }));
  if (!answer.ok || (told.refused && !told.faults)) throw Object.assign(new Error(told.refused), { status: answer.status });
  return told;
}
