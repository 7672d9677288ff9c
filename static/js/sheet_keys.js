// The grid by keyboard, as in a spreadsheet: Enter and ↓ go down a column, ↑ up, Tab to the next box, Escape brings back what is
// saved. A column pasted from another program fills the boxes below, row by row.
"use strict";

const cells = document.querySelector("[data-sheet] table");
const isBox = (element) => element?.matches?.("tr[data-cell] input[name]:not([type=hidden]), tr[data-cell] select[name]");
const column = (box) => (box.name === "reason" ? "reason" : box.closest("td, th").className);
const boxesOf = (row, kind) => [...row.querySelectorAll("input[name]:not([type=hidden]), select[name]")].filter((box) => column(box) === kind);

// The boxes of a column from top to bottom, without what is locked, folded or filtered away.
function inColumn(kind) {
  return [...cells.querySelectorAll("tr[data-cell]:not([hidden])")].flatMap((row) => boxesOf(row, kind));
}

function go(box, step) {
  const all = inColumn(column(box));
  const next = all[all.indexOf(box) + step];
  if (!next) return;
  next.focus();
  next.select?.();
  next.scrollIntoView({ block: "nearest" });
}

cells.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!isBox(box) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    box.closest("tr").cell.restore();
    box.select?.();
  } else if (event.key === "Enter") {
    go(box, event.shiftKey ? -1 : 1);
  } else if (event.key === "ArrowDown" && !box.options) {
    go(box, 1);
  } else if (event.key === "ArrowUp" && !box.options) {
    go(box, -1);
  } else {
    return;
  }
  event.preventDefault();
});

// A choice takes what people write for it; a box whatever was copied, for the server to judge.
function fill(box, text) {
  if (!box.options) {
    box.value = text;
    return true;
  }
  const plain = (words) => words.trim().toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  const yes = ["co", "yes", "x", "1", "dat", "true"];
  const no = ["khong", "no", "0", "khong dat", "false"];
  const value = yes.includes(plain(text)) ? "yes" : no.includes(plain(text)) ? "no" : text.trim() === "" ? "" : null;
  if (value !== null) box.value = value;
  return value !== null;
}

cells.addEventListener("paste", (event) => {
  const box = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!isBox(box) || !/[\n\t]/.test(text.replace(/\r?\n$/, ""))) return;
  event.preventDefault();
  const lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const all = inColumn(column(box));
  const start = all.indexOf(box);
  const failed = [];
  const taken = [];
  lines.forEach((values, at) => {
    const target = all[start + at];
    const row = target?.closest("tr");
    const beside = row ? [...row.querySelectorAll("input[name]:not([type=hidden]), select[name]")] : [];
    values.forEach((value, place) => {
      const found = beside[beside.indexOf(target) + place];
      if (!found || !fill(found, value.trim())) failed.push([row, value.trim()]);
      else taken.push(found);
    });
  });
  for (const row of new Set(taken.map((found) => found.closest("tr")))) row.dispatchEvent(new Event("change"));
  tellPasted(taken, failed);
});

// How many boxes were taken and where it failed, once the server has looked at them.
async function tellPasted(taken, failed) {
  const said = document.querySelector("[data-pasted]");
  said.hidden = true;
  do await new Promise((done) => setTimeout(done, 200));
  while (queue.busy);
  const wrong = taken.filter((box) => box.hasAttribute("aria-invalid")).map((box) => [box.closest("tr"), box.value]);
  const rows = [...failed, ...wrong].map(([row, value]) => `${row?.querySelector(".k-code").textContent.trim() ?? "+"} (${value.slice(0, 20)})`);
  said.textContent = (rows.length ? cells.dataset.some : cells.dataset.one).replace("{n}", taken.length - wrong.length).replace("{rows}", rows.join(", "));
  said.toggleAttribute("data-some", rows.length > 0);
  said.hidden = false;
}

cells.addEventListener("focusin", (event) => isBox(event.target) && event.target.select?.());

document.querySelector("[data-next]")?.addEventListener("click", () => {
  const rows = [...cells.querySelectorAll("tr[data-cell]:not([hidden])")];
  const here = rows.indexOf(document.querySelector("tr[data-cell][data-last]"));
  const isOpen = (row) => row.dataset.tags.split(" ").includes("missing") && boxesOf(row, "num k-c-result").length;
  const next = [...rows.slice(here + 1), ...rows.slice(0, here + 1)].find(isOpen);
  if (!next) return;
  const box = boxesOf(next, "num k-c-result").find((found) => !found.value) ?? boxesOf(next, "num k-c-result")[0];
  box.focus();
  next.scrollIntoView({ block: "center" });
});

// The next open one is looked for from where one was last.
cells.addEventListener("focusin", (event) => {
  for (const row of cells.querySelectorAll("[data-last]")) row.removeAttribute("data-last");
  event.target.closest("tr[data-cell]")?.setAttribute("data-last", "");
});
