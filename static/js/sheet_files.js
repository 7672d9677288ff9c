// Evidence dropped on a row of the grid: the files are sent to the criterion, and the row says how many it has.
"use strict";

const dropPlace = document.querySelector("[data-sheet] table");
const rowUnder = (event) => ([...(event.dataTransfer?.types ?? [])].includes("Files") ? event.target.closest?.("tr[data-cell]") : null);

function mark(row) {
  for (const other of dropPlace.querySelectorAll("[data-dropping]")) if (other !== row) other.removeAttribute("data-dropping");
  row?.setAttribute("data-dropping", "");
}

dropPlace.addEventListener("dragover", (event) => {
  const row = rowUnder(event);
  if (!row) return;
  event.preventDefault();
  mark(row);
});

dropPlace.addEventListener("dragleave", (event) => !dropPlace.contains(event.relatedTarget) && mark(null));

dropPlace.addEventListener("drop", async (event) => {
  const row = rowUnder(event);
  if (!row) return;
  event.preventDefault();
  mark(null);
  const place = row.querySelector("[data-files]");
  const before = [...place.childNodes];
  place.replaceChildren(words.querySelector('[data-state="saving"]').cloneNode(true));
  const said = await send(row, event.dataTransfer.files);
  if (said.cell) {
    tell(row, []);
    place.replaceChildren(filesLink(row, said.cell.evidence));
    row.dataset.tags = said.cell.tags;
    total(said);
  } else {
    place.replaceChildren(...before);
    tell(row, said.sentences);
  }
});

async function send(row, files) {
  const body = new FormData();
  for (const file of files) body.append("attached", file);
  const token = cookie("csrftoken") ?? sheet.querySelector("[name=csrfmiddlewaretoken]").value;
  const address = `${sheet.dataset.sheet}tieu-chi/${row.dataset.cell}/minh-chung/`;
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Autosave": "1" } });
    if (answer.redirected) throw new Error("signed out");
    const data = await answer.json();
    return answer.ok ? data : { sentences: data.reason ? [data.reason] : Object.values(data.errors).flat() };
  } catch {
    return { sentences: [dropPlace.dataset.unsent] };
  }
}

function filesLink(row, count) {
  const link = words.querySelector("[data-some-files]").cloneNode(true);
  link.href = `${sheet.dataset.sheet}tieu-chi/${row.dataset.cell}/#minh-chung`;
  link.lastElementChild.textContent = link.lastElementChild.textContent.replace("{n}", count);
  return link;
}

function tell(row, sentences) {
  const place = row.querySelector("[data-faults]");
  place.hidden = !sentences.length;
  place.textContent = sentences.join(" ");
}
