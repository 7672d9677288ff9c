// Looking at a sheet: groups that fold, filters with counts, the group one is in marked among the sums.
"use strict";

const view = document.querySelector("[data-sheet]");
const viewRows = [...view.querySelectorAll("tr[data-depth]")];
const folded = new Set();
let wanted = "";

const fits = (row) => !wanted || row.dataset.tags.split(" ").includes(wanted);

// A group is shown when anything below it is; a row when no group above it is folded and the filter lets it through.
function arrange() {
  const above = [];
  for (const row of viewRows) {
    const depth = Number(row.dataset.depth);
    while (above.length && above.at(-1).depth >= depth) above.pop();
    const isFolded = above.some((group) => folded.has(group.key));
    if (row.dataset.group) {
      row.hidden = isFolded || Boolean(wanted);
      above.push({ key: row.dataset.group, depth, row, isFolded });
    } else {
      row.hidden = isFolded || !fits(row);
      if (wanted && fits(row)) for (const group of above) group.row.hidden = group.isFolded;
    }
  }
  view.querySelector("[data-none]").hidden = viewRows.some((row) => !row.hidden);
}

view.addEventListener("click", (event) => {
  const fold = event.target.closest("[data-fold]");
  const filter = event.target.closest("[data-filter]");
  if (fold) {
    const key = fold.closest("tr").dataset.group;
    if (!folded.delete(key)) folded.add(key);
    fold.setAttribute("aria-expanded", String(!folded.has(key)));
    arrange();
  } else if (filter) {
    wanted = filter.dataset.filter;
    for (const button of view.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", String(button === filter));
    arrange();
  }
});

// A link to a row that is folded or filtered away opens it first.
function reveal(id) {
  const row = id && document.getElementById(id);
  if (!row || !row.hidden) return row;
  folded.clear();
  wanted = "";
  for (const button of view.querySelectorAll("[data-fold]")) button.setAttribute("aria-expanded", "true");
  for (const button of view.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", String(!button.dataset.filter));
  arrange();
  return row;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#tc-"]');
  if (link) reveal(link.hash.slice(1));
});

// Which group one is in.
view.addEventListener("focusin", (event) => {
  let row = event.target.closest("tr[data-depth]");
  for (const item of view.querySelectorAll("[data-here]")) item.removeAttribute("data-here");
  while (row) {
    const item = row.dataset.group && view.querySelector(`[data-sums="${CSS.escape(row.dataset.group)}"]`);
    if (item) {
      item.setAttribute("data-here", "");
      return;
    }
    row = row.previousElementSibling;
  }
});
