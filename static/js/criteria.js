// The tree of a criteria set by keyboard, with sums that follow what is typed. Everything works without it by plain forms.
//
// [data-criteria] holds [data-tree]; its rows carry data-key, data-row, data-edits, data-depth, data-group. An act is posted marked
// `X-Live: 1`, and the answer is the tree anew, with the row to go to in `X-Row`.
"use strict";

const page = document.querySelector("[data-criteria]");
const tree = page.querySelector("[data-tree]");
const token = () => page.querySelector("[name=csrfmiddlewaretoken]").value;
const rows = () => [...tree.querySelectorAll("tr[data-key]")];
const shown = () => rows().filter((row) => !row.hidden);
const rowOf = (element) => element?.closest?.("tr[data-key]");
const folded = new Set();

function focus(row) {
  if (!row) return;
  row.querySelector(".k-node").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// --- The tree from the server ---

async function fetched(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "X-Live": "1", ...options.headers } });
  if (answer.status === 403 && answer.headers.get("Content-Type")?.startsWith("text/plain")) {
    complain(await answer.text());
    return null;
  }
  if (!answer.ok || answer.redirected) {
    location.reload();
    return null;
  }
  tree.innerHTML = await answer.text();
  const sentence = page.querySelector("[data-sentence]");
  if (sentence) sentence.textContent = tree.querySelector("[data-sentence-source]")?.textContent ?? "";
  fold();
  return answer.headers.get("X-Row") || "";
}

// Why an act was refused, beside the sums, until the next one.
function complain(sentence) {
  tree.querySelector("[data-refusal]")?.remove();
  const line = document.createElement("p");
  line.className = "k-wrong";
  line.dataset.refusal = "";
  line.setAttribute("role", "alert");
  line.textContent = sentence;
  tree.querySelector(".k-tree-head").append(line);
}

const refresh = (key) => fetched(location.pathname + location.search).then(() => key && focus(byKey(key)));
const byKey = (key) => tree.querySelector(`tr[data-key="${CSS.escape(key)}"]`);

async function act(address, fields, fallback) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const key = await fetched(address, { method: "POST", body });
  if (key !== null) focus(byKey(key || fallback) ?? shown()[0]);
  return key;
}

function actOn(row, name) {
  const order = shown();
  const depth = Number(row.dataset.depth);
  const beside = order.slice(order.indexOf(row) + 1).find((other) => Number(other.dataset.depth) <= depth) ?? order[order.indexOf(row) - 1];
  return act(`${page.dataset.page}muc/${row.dataset.row}/${name}/`, {}, (name === "go" ? beside : row)?.dataset.key ?? "");
}

// --- Folding ---

function fold() {
  let under = null;
  for (const row of rows()) {
    const depth = Number(row.dataset.depth);
    if (under !== null && depth <= under) under = null;
    row.hidden = under !== null;
    const closed = row.matches("[data-group]") && folded.has(row.dataset.key);
    row.toggleAttribute("data-folded", closed);
    if (closed && under === null) under = depth;
  }
}

function toggle(row, close) {
  if (!row.matches("[data-group]")) return;
  if (close) folded.add(row.dataset.key);
  else folded.delete(row.dataset.key);
  fold();
}

// --- Points typed on the row ---

function typePoints(row, first) {
  const cell = row.querySelector("[data-points]");
  const before = cell.innerHTML;
  const box = document.createElement("input");
  box.className = "k-points-box";
  box.inputMode = "decimal";
  box.autocomplete = "off";
  box.value = first;
  box.setAttribute("aria-label", cell.closest("table").querySelector("thead th:last-child").textContent);
  cell.replaceChildren(box);
  box.focus();
  const close = () => {
    cell.innerHTML = before;
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      focus(row);
    } else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      savePoints(row, box, event.key === "ArrowUp" ? -1 : 1);
    }
    event.stopPropagation();
  });
  box.addEventListener("blur", () => box.isConnected && !box.disabled && savePoints(row, box, 0));
}

async function savePoints(row, box, step) {
  box.disabled = true;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  body.set("version", row.dataset.edits);
  body.set("changed", "max_points");
  body.set("max_points", box.value);
  const answer = await fetch(`${page.dataset.page}muc/${row.dataset.row}/`, { method: "POST", body, headers: { "X-Autosave": "1" } });
  if (answer.ok) {
    const open = document.querySelector(`form[data-node="${CSS.escape(row.dataset.key)}"]`);
    if (open) {
      location.reload();
      return;
    }
    const order = shown();
    const next = step === 0 ? row : order[order.indexOf(row) + step] ?? row;
    await refresh(next.dataset.key);
    return;
  }
  const said = await answer.json().catch(() => ({}));
  const sentence = said.reason ?? Object.values(said.errors ?? {}).flat()[0];
  if (!sentence) {
    location.reload(); // somebody else has saved this row, or one has been signed out: the page says so
    return;
  }
  box.disabled = false;
  box.setAttribute("aria-invalid", "true");
  box.title = sentence;
  box.setCustomValidity(sentence);
  box.reportValidity();
  box.focus();
}

// --- Keys ---

const MOVES = { ArrowUp: "len", ArrowDown: "xuong", ArrowRight: "vao", ArrowLeft: "ra" };

tree.addEventListener("keydown", (event) => {
  const row = rowOf(event.target);
  if (!row || event.target.matches("input")) return;
  const order = shown();
  const at = order.indexOf(row);
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
  let done = true;
  if (event.altKey && MOVES[event.key]) actOn(row, MOVES[event.key]);
  else if (plain && event.key === "ArrowDown") focus(order[at + 1]);
  else if (plain && event.key === "ArrowUp") focus(order[at - 1]);
  else if (plain && event.key === "Home") focus(order[0]);
  else if (plain && event.key === "End") focus(order.at(-1));
  else if (plain && event.key === "ArrowLeft") toggle(row, true);
  else if (plain && event.key === "ArrowRight") toggle(row, false);
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") actOn(row, "nhan-ban");
  else if (plain && event.key === "Delete") actOn(row, "go");
  else if (plain && event.key === "Insert") add(row);
  else if (plain && /^[0-9]$/.test(event.key)) typePoints(row, event.key);
  else if (plain && event.key === "F2") typePoints(row, "");
  else done = false;
  if (done) event.preventDefault();
});

async function add(row) {
  const kind = Number(row.dataset.depth) === 0 ? "group" : "leaf";
  const key = await act(`${page.dataset.page}them/`, { kind, after: row.dataset.row }, row.dataset.key);
  if (key) location.assign(`?muc=${key}#muc-${key}`);
}

// --- The open node ---

const form = page.querySelector("form[data-node]");
if (form) {
  const rule = form.elements.rule_type;
  const asked = rule?.value;
  form.addEventListener("autosave:saved", () => {
    if (rule && rule.value !== asked) location.reload();
    else refresh();
  });
}

// Where the page was asked for: a new node at its name, another one at its row. After the browser has gone to the fragment itself,
// since that takes the focus away.
function arrive() {
  const row = location.hash.startsWith("#muc-") && byKey(location.hash.slice(5));
  if (!row) return;
  const field = form?.elements.name;
  row.scrollIntoView({ block: form ? "center" : "nearest" });
  if (field && !field.value) field.focus({ preventScroll: true });
  else focus(row);
}

window.addEventListener("load", () => setTimeout(arrive));
