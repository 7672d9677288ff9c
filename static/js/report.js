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

form?.addEventListener("autosave:saved", ({ detail }) => {
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

// A picture from Word or the clipboard is no text; what stands around it is pasted as plain paragraphs by the browser itself.
form?.addEventListener("paste", (event) => {
  if (!event.target.matches("textarea")) return;
  const html = event.clipboardData.getData("text/html");
  const hasPicture = [...event.clipboardData.items].some((item) => item.kind === "file" && item.type.startsWith("image/"));
  const isTable = event.clipboardData.getData("text/plain").includes("\t");
  form.querySelector("[data-picture-refused]").hidden = !(/<img\b|<v:imagedata\b/i.test(html) || (hasPicture && !isTable));
});

count();
