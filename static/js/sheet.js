// Saves a score sheet cell by cell while it is typed into, and never loses what was typed.
//
// A row tr[data-cell] holds the boxes of one cell. All of them are posted to the cell's own address with the version the row was
// opened with, marked `X-Autosave: 1`, one row after the other. The server answers with JSON:
//   200 {version, saved_at, values, cell, groups, total, ...}   saved; what changed on the page
//   422 {version, errors: {box: ["sentence"]}}                  not saved: the text stays in its box
//   409 {version, conflicts: {box: {theirs, who, at}}}          another person saved first: this one chooses
//   403 {reason}                                                locked
// Anything else (a page to log in, no network) keeps the text in this browser until it is saved.
"use strict";

const PAUSE = 900;
const RETRY = 5000;

const sheet = document.querySelector("[data-sheet]");
const words = document.querySelector("template[data-states]").content;
const indicator = document.querySelector("[data-save-state]");
const store = `sheet:${sheet.dataset.key}`;
const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
const login = indicator?.querySelector("[data-login]");
if (login) login.search = `?next=${encodeURIComponent(location.pathname)}`;

// What the page brought: somebody may have typed before this script was there, and that is to be saved as well.
const asSent = (box) => (box.options ? [...box.options].find((row) => row.defaultSelected)?.value ?? "" : box.defaultValue);

class Cell {
  constructor(row) {
    this.row = row;
    this.boxes = [...row.querySelectorAll("input[name], select[name]")];
    this.version = row.dataset.edits;
    this.saved = Object.fromEntries(this.boxes.map((box) => [box.name, asSent(box)]));
    this.refused = "";
    this.box = null;
    row.cell = this;
    row.addEventListener("input", () => {
      this.openReason();
      queue.typed(this, PAUSE);
    });
    row.addEventListener("change", () => queue.typed(this, 0));
    row.addEventListener("click", (event) => this.click(event));
  }

  values() {
    return Object.fromEntries(this.boxes.map((box) => [box.name, box.value]));
  }

  put(values) {
    for (const box of this.boxes) if (box.name in values) box.value = values[box.name];
    this.openReason();
  }

  // The box for the reason stays open while points are typed that need one.
  openReason() {
    const { points, reason } = this.values();
    this.row.querySelector(".k-cell-reason")?.toggleAttribute("data-waiting", !points && !reason);
  }

  get isChanged() {
    const now = JSON.stringify(this.values());
    return !this.box && now !== JSON.stringify(this.saved) && now !== this.refused;
  }

  get isUnsaved() {
    return JSON.stringify(this.values()) !== JSON.stringify(this.saved);
  }

  // Keep the layer below, or take the peers' points: one click.
  click(event) {
    const agree = event.target.closest("[data-agree]");
    const advice = event.target.closest("[data-advice]");
    if (agree) this.put({ state: "agreed", points: "", reason: "" });
    else if (advice) this.put({ state: "entered", points: advice.dataset.advice, reason: advice.dataset.reason });
    else return;
    queue.typed(this, 0);
  }

  restore() {
    this.put(this.saved);
    this.refused = "";
    this.complain({});
    this.rest();
    queue.settle();
  }

  async save() {
    const sent = this.values();
    const body = new FormData();
    body.set("version", this.version);
    for (const [name, value] of Object.entries(sent)) body.set(name, value);
    if ("points" in sent && sent.state !== "agreed") body.set("state", sent.points || sent.reason ? "entered" : "");
    this.show("saving");
    const token = cookie("csrftoken") ?? sheet.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "X-Autosave": "1", Accept: "application/json" };
    const response = await fetch(`${sheet.dataset.sheet}tieu-chi/${this.row.dataset.cell}/`, { method: "POST", body, headers });
    if (response.redirected || !response.headers.get("Content-Type")?.startsWith("application/json")) {
      this.show("kept");
      if (response.status >= 429) throw new Error("the server failed");
      return "signed-out";
    }
    const answer = await response.json();
    if (answer.reason) {
      this.show("locked");
      this.complain({ state: [answer.reason] });
      queue.locked = answer.reason;
      return "locked";
    }
    if (answer.conflicts) return this.offer(answer);
    this.version = answer.version;
    if (answer.errors) {
      this.refused = JSON.stringify(sent);
      this.complain(answer.errors);
      this.show("invalid");
      return "invalid";
    }
    this.took(sent, answer);
    return "saved";
  }

  took(sent, answer) {
    const isStill = JSON.stringify(this.values()) === JSON.stringify(sent);
    this.saved = isStill ? { ...sent, ...answer.values } : sent;
    if (isStill) this.put(this.saved);
    this.saved = isStill ? this.values() : sent;
    this.refused = "";
    queue.resting = "saved";
    this.complain({});
    this.row.dataset.tags = answer.cell.tags;
    this.row.dataset.save = answer.cell.save;
    this.row.querySelector("[data-points]").textContent = answer.cell.points;
    this.row.querySelector("[data-agree]")?.setAttribute("aria-pressed", String(answer.cell.state === "agreed"));
    this.rest();
    total(answer);
  }

  rest() {
    this.show(this.row.dataset.save);
  }

  show(state) {
    const place = this.row.querySelector("[data-state-place]");
    if (state === "commented") {
      if (this.resting) place.replaceChildren(...this.resting);
      return;
    }
    this.resting ??= this.row.dataset.save === "commented" ? [...place.childNodes] : null;
    place.replaceChildren(words.querySelector(`[data-state="${state}"]`).cloneNode(true));
  }

  complain(errors) {
    const sentences = Object.values(errors).flat();
    const place = this.row.querySelector("[data-faults]");
    place.hidden = !sentences.length;
    place.id = `loi-${this.row.dataset.cell}`;
    place.textContent = sentences.join(" ");
    for (const box of this.boxes) {
      const wrong = box.name in errors;
      box.toggleAttribute("aria-invalid", wrong);
      if (wrong) {
        box.setAttribute("aria-invalid", "true");
        box.setAttribute("aria-describedby", place.id);
      } else {
        box.removeAttribute("aria-describedby");
      }
    }
  }

  // Two people in one cell: both values, and this one chooses.
  offer({ version, conflicts }) {
    const theirs = Object.fromEntries(Object.entries(conflicts).map(([name, found]) => [name, found.theirs]));
    const said = Object.values(conflicts)[0];
    this.version = version;
    if (this.boxes.every((box) => (theirs[box.name] ?? "") === box.value)) {
      this.saved = this.values();
      this.rest();
      return "saved";
    }
    this.box = document.querySelector("[data-conflict-template]").content.firstElementChild.cloneNode(true);
    if (said.who) this.box.querySelector("[data-who]").textContent = said.who;
    this.box.querySelector("[data-at]").textContent = said.at;
    this.box.querySelector("[data-mine]").textContent = this.worded(this.values());
    this.box.querySelector("[data-theirs]").textContent = this.worded(theirs);
    this.box.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-keep]")?.dataset.keep;
      if (!choice) return;
      this.box.remove();
      this.box = null;
      if (choice === "theirs") this.put(theirs);
      this.saved = Object.fromEntries(this.boxes.map((box) => [box.name, theirs[box.name] ?? ""]));
      this.rest();
      queue.typed(this, 0);
    });
    this.row.querySelector("th").append(this.box);
    this.show("conflict");
    return "conflict";
  }

  worded(values) {
    const shown = this.boxes.filter((box) => box.type !== "hidden");
    return shown.map((box) => (box.options ? [...box.options].find((row) => row.value === values[box.name])?.text : values[box.name])).filter(Boolean).join("; ") || "–";
  }
}

function total(answer) {
  const put = (selector, text, within = sheet) => {
    for (const place of within.querySelectorAll(selector)) place.textContent = text;
  };
  put("[data-total]", answer.total);
  put("[data-filled]", answer.filled);
  const bar = sheet.querySelector("[data-progress]");
  if (bar) bar.value = answer.filled;
  for (const [code, count] of Object.entries(answer.counts)) put(`[data-count="${code}"]`, count);
  for (const [key, [points, note, hasGaps]] of Object.entries(answer.groups)) {
    for (const place of sheet.querySelectorAll(`[data-group="${key}"], [data-sums="${key}"]`)) {
      put("[data-points]", points, place);
      put("[data-note]", note, place);
      const small = place.querySelector("small[data-note]");
      if (small) small.hidden = !hasGaps;
    }
  }
  if (indicator && answer.saved_at) indicator.querySelector("[data-saved-at]").textContent = ` ${indicator.dataset.at} ${answer.saved_at}`;
}

// One save after the other; what waits is kept in this browser.
const queue = {
  cells: [...sheet.querySelectorAll("tr[data-cell]")].filter((row) => row.querySelector("input[name], select[name]")).map((row) => new Cell(row)),
  busy: false,
  locked: "",
  resting: indicator?.dataset.state,
  timer: 0,

  typed(cell, pause) {
    if (this.locked) return;
    if (cell.isChanged) cell.show("typing");
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), pause);
  },

  async run() {
    clearTimeout(this.timer);
    if (this.busy || this.locked) return;
    this.busy = true;
    try {
      for (let cell = this.next(); cell && !this.locked; cell = this.next()) {
        this.show("saving");
        if ((await cell.save()) === "signed-out") {
          this.show("signed-out");
          return;
        }
        this.keep();
      }
      this.settle();
    } catch {
      for (const cell of this.cells) if (cell.isChanged) cell.show("kept");
      this.show("offline");
      this.timer = setTimeout(() => this.run(), RETRY);
    } finally {
      this.busy = false;
    }
  },

  next() {
    return this.cells.find((cell) => cell.isChanged);
  },

  settle() {
    this.keep();
    if (this.locked) this.show("locked");
    else if (this.cells.some((cell) => cell.box)) this.show("conflict");
    else if (this.cells.some((cell) => cell.refused)) this.show("invalid");
    else this.show(this.resting);
  },

  show(state) {
    if (!indicator) return;
    indicator.dataset.state = state;
    if (state === "locked") indicator.querySelector("[data-reason]").textContent = this.locked;
  },

  keep() {
    const unsaved = this.cells.filter((cell) => cell.isUnsaved).map((cell) => [cell.row.dataset.cell, cell.version, cell.values()]);
    try {
      if (unsaved.length) localStorage.setItem(store, JSON.stringify(unsaved));
      else localStorage.removeItem(store);
    } catch {
      // Storage is full or forbidden: the page itself still holds the text.
    }
  },

  // What an earlier visit could not save comes back into its boxes, with the version it was typed against.
  restore() {
    for (const [key, version, values] of JSON.parse(localStorage.getItem(store) ?? "[]")) {
      const cell = this.cells.find((found) => found.row.dataset.cell === key);
      if (!cell) continue;
      cell.put(values);
      cell.version = version;
      if (cell.isChanged) cell.show("typing");
    }
    this.run();
  },
};

window.addEventListener("online", () => queue.run());
window.addEventListener("focus", () => queue.run());
document.addEventListener("visibilitychange", () => document.hidden && queue.run());

// An act on the whole sheet waits until the cells are saved.
document.addEventListener("submit", async (event) => {
  if (!queue.busy && !queue.next()) return;
  event.preventDefault();
  while (queue.busy) await new Promise((done) => setTimeout(done, 50));
  await queue.run();
  if (!queue.next()) event.target.requestSubmit(event.submitter);
});

queue.restore();
