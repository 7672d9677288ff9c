// A section of a report while it is being written: words counted, shares and changes of figures shown as they are typed, pictures
// kept out of texts. The server computes the same when it saves; what it says wins (autosave:saved).
"use strict";

const LOCALE = document.documentElement.lang === "en" ? "en" : "vi";

// "1.234,5" or "12,5" as a number; NaN for none and for what is no number.
const read = (text) => {
  let plain = text.replace(/[\s\u00a0]/g, "");
  if (!/^\d[\d.,]*$/.test(plain)) return NaN;
  const groups = plain.split(".");
  if (plain.includes(".") && plain.lastIndexOf(".") > plain.lastIndexOf(",") && plain.includes(",")) plain = plain.replaceAll(",", "");
  else if (plain.includes(",")) plain = plain.replaceAll(".", "").replace(",", ".");
  else if (groups.length > 2 || groups[1]?.length === 3) plain = plain.replaceAll(".", "");
  return Number(plain);
};

const tenths = (value) => value.toLocaleString(LOCALE, { maximumFractionDigits: 1 }).replace("-", "−");

const compute = (row) => {
  const box = (name) => row.querySelector(`input[name^="${name}-"]`);
  const actual = read(box("actual").value);
  const plan = row.dataset.plan ? Number(row.dataset.plan) : NaN;
  const before = box("last_year") ? read(box("last_year").value) : row.dataset.lastYear ? Number(row.dataset.lastYear) : NaN;
  const percent = (actual * 100) / plan;
  const growth = (actual * 100) / before - 100;
  row.querySelector("[data-percent]").textContent = Number.isFinite(percent) ? tenths(percent) : "";
  row.querySelector("[data-growth]").textContent = Number.isFinite(growth) ? `${growth > 0.04 ? "+" : ""}${tenths(growth)}` : "";
};

const form = document.querySelector("form.k-write-form");

form?.addEventListener("input", (event) => {
  const row = event.target.closest("[data-figure]");
  if (row) compute(row);
  else count();
});

// What was listed as empty is there no more once it is saved, and is there again when it is emptied; with the last of them goes
// the list, and the section stands among the others as written, or as worth a second look where a hint remains.
const settleGaps = () => {
  const list = document.querySelector("[data-faults]");
  if (!list?.querySelector("[data-gap]")) return;
  for (const gap of list.querySelectorAll("[data-gap]")) {
    const box = form.elements[gap.dataset.gap];
    if (box) gap.hidden = box.value.trim() !== "" && !box.classList.contains("is-invalid");
  }
  const left = [...list.querySelectorAll("li:not([hidden])")];
  list.closest(".k-card").hidden = !left.length;
  const state = left.some((line) => !("hint" in line.dataset)) ? "missing" : left.length ? "hint" : "written";
  for (const tree of document.querySelectorAll(".k-write-tree")) {
    const open = tree.querySelector("[aria-current]");
    open.querySelector(".k-dot").className = `k-dot k-dot-${state}`;
    open.querySelector("[data-line-state]").textContent = tree.dataset[state];
  }
};

form?.addEventListener("autosave:saved", ({ detail }) => {
  settleGaps();
  for (const [key, said] of Object.entries(detail.figures ?? {})) {
    const row = form.querySelector(`[data-figure="${key}"]`);
    if (!row || row.contains(document.activeElement)) continue;
    row.querySelector("[data-percent]").textContent = said.percent;
    row.querySelector("[data-growth]").textContent = said.growth;
  }
});

const line = form?.querySelector("[data-word-count]");

const count = () => {
  if (!line) return;
  const words = [...form.querySelectorAll("textarea, input[name^=note-]")].flatMap((box) => box.value.split(/\s+/).filter(Boolean));
  const said = line.querySelector("[data-count]");
  said.querySelector("b").textContent = words.length.toLocaleString(LOCALE);
  said.hidden = false;
  line.classList.toggle("k-over", Number(line.dataset.limit) > 0 && words.length > Number(line.dataset.limit));
};

// Figures as in a spreadsheet: Enter and ↓ go down a column, Shift+Enter and ↑ up; cells that are pasted fill the boxes below and
// to the right.
const isFigure = (element) => element?.matches?.("[data-figures] input");
const inColumn = (box) => [...form.querySelectorAll(`[data-figures] input[name^="${box.name.slice(0, box.name.indexOf("-") + 1)}"]`)];

form?.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!isFigure(box) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const step = event.key === "Enter" ? (event.shiftKey ? -1 : 1) : { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const column = inColumn(box);
  const next = column[column.indexOf(box) + step];
  next?.focus();
  next?.select();
});

form?.addEventListener("paste", (event) => {
  const box = event.target;
  const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
  if (!isFigure(box) || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const column = inColumn(box).slice(inColumn(box).indexOf(box));
  const lines = text.split("\n").slice(0, column.length);
  lines.forEach((line, at) => {
    const row = [...column[at].closest("[data-figure]").querySelectorAll("input")];
    const cells = line.split("\t");
    row.slice(row.indexOf(column[at])).slice(0, cells.length).forEach((target, right) => {
      target.value = cells[right].trim();
      target.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  column[lines.length - 1].focus();
});

// A picture from Word or the clipboard is no text; what stands around it is pasted as plain paragraphs by the browser itself.
form?.addEventListener("paste", (event) => {
  if (!event.target.matches("textarea")) return;
  const html = event.clipboardData.getData("text/html");
  const hasPicture = [...event.clipboardData.items].some((item) => item.kind === "file" && item.type.startsWith("image/"));
  const isTable = event.clipboardData.getData("text/plain").includes("\t");
  form.querySelector("[data-picture-refused]").hidden = !(/<img\b|<v:imagedata\b/i.test(html) || (hasPicture && !isTable));
});

count();
