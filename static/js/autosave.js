// Saves a form[data-autosave] while it is being typed into, and never loses what was typed.
//
// The form holds a hidden field `version`. Only changed fields are posted, with the version, to data-autosave (or the form's
// own address), marked `X-Autosave: 1`. The server answers with JSON:
//   200 {version, saved_at}
//   422 {version, saved_at, errors: {field: ["sentence"]}}           the other fields are saved, these are not
//   409 {version, conflicts: {field: {theirs, who, at}}}             another person saved first: this one chooses
//   403, 413 {reason}                                                locked, or far too long: nothing is saved
// Anything else (a page to log in, no network) keeps the text in this browser until it is saved, under data-autosave-key, which
// must name the person and the text. Events on the form: autosave:saved, autosave:state. The form is autocomplete="off", so that
// no browser puts back what its boxes held on an earlier visit.
"use strict";

const PAUSE = 900;
const RETRY = 5000;
const LINK_WAIT = 2000;
const LAST_WORD = 20000; // characters that a browser still sends from a page that is going away

const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

const TYPED = "input:enabled:not([type=submit], [type=button], [type=file]), select:enabled, textarea:enabled";
const UNTYPED = new Set(["csrfmiddlewaretoken", "version"]);

// What the page brought in a box, as the browser shows it: a line has no line breaks.
const brought = ({ type, defaultValue }) => {
  if (type === "textarea") return defaultValue;
  return Object.assign(document.createElement("input"), { type, value: defaultValue }).value;
};

// The values that a field holds, or those that the page brought: somebody may have typed before this script was there, and that
// is to be saved as well.
const held = (field, asSent) => {
  if (field.matches("[type=checkbox], [type=radio]")) return (asSent ? field.defaultChecked : field.checked) ? [field.value] : [];
  if (field.options) {
    const chosen = [...field.options].filter((option) => (asSent ? option.defaultSelected : option.selected));
    const first = !chosen.length && !field.multiple ? [...field.options].slice(0, 1) : [];
    return [...chosen, ...first].map((option) => option.value);
  }
  return [asSent ? brought(field) : field.value];
};

class Autosave {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave || form.action;
    this.key = `autosave:${form.dataset.autosaveKey || location.pathname}`;
    this.indicator = document.querySelector("[data-save-state]");
    const login = this.indicator?.querySelector("[data-login]");
    if (login) login.search = `?next=${encodeURIComponent(location.pathname + location.search)}`;
    this.saved = this.values(true);
    this.refused = new Map();
    this.conflicts = new Map();
    this.orphans = [];
    this.busy = false;
    this.restore();
    form.addEventListener("input", () => this.changed(PAUSE));
    form.addEventListener("change", () => this.changed(0));
    document.addEventListener("submit", (event) => this.before(event));
    document.addEventListener("click", (event) => this.beforeLink(event));
    window.addEventListener("online", () => this.save());
    window.addEventListener("focus", () => this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
  }

  // --- What the form holds ---

  values(asSent = false) {
    const values = new Map();
    for (const field of this.form.elements) {
      if (!field.name || UNTYPED.has(field.name) || !field.matches(TYPED)) continue;
      values.set(field.name, [...(values.get(field.name) ?? []), ...held(field, asSent)]);
    }
    return values;
  }

  changes() {
    const same = (a, b) => a !== undefined && a.length === b.length && a.every((value, at) => value === b[at]);
    const changes = new Map();
    for (const [name, value] of this.values()) {
      if (!this.conflicts.has(name) && !same(this.saved.get(name), value) && !same(this.refused.get(name), value)) changes.set(name, value);
    }
    return changes;
  }

  fields(name) {
    return [...this.form.elements].filter((field) => field.name === name);
  }

  put(name, values) {
    for (const field of this.fields(name)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
  }

  // --- Saving ---

  changed(pause) {
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.busy) return;
    const changes = this.changes();
    if (!changes.size) {
      this.settle();
      return;
    }
    this.busy = true;
    this.show("saving");
    try {
      await this.take(await this.post(changes), changes);
    } catch {
      this.show("offline");
      this.timer = setTimeout(() => this.save(), RETRY);
    } finally {
      this.busy = false;
    }
  }

  post(changes) {
    const body = new FormData();
    body.set("version", this.form.elements.version.value);
    for (const [name, values] of changes) {
      body.append("changed", name);
      for (const value of values) body.append(name, value);
    }
    // The cookie's token is the newest: logging in again in another window makes the page's own one stale.
    const token = cookie("csrftoken") ?? this.form.elements.csrfmiddlewaretoken.value;
    const headers = { "X-CSRFToken": token, "X-Autosave": "1", Accept: "application/json" };
    const keepalive = document.hidden && String([...changes.values()]).length < LAST_WORD;
    return fetch(this.address, { method: "POST", body, headers, keepalive });
  }

  async take(response, sent) {
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.redirected || !isJson) {
      if (response.status >= 429) throw new Error("the server failed");
      this.show("signed-out");
      return;
    }
    const answer = await response.json();
    if (answer.reason) {
      this.show("locked", answer.reason);
      return;
    }
    if (answer.version !== undefined) this.form.elements.version.value = answer.version;
    const errors = answer.errors ?? {};
    const conflicts = answer.conflicts ?? {};
    for (const [name, value] of sent) {
      this.refused.delete(name);
      this.complain(name, errors[name]);
      if (errors[name]) this.refused.set(name, value);
      else if (conflicts[name]) this.offer(name, conflicts[name]);
      else if (response.ok || response.status === 422) this.saved.set(name, value);
    }
    if (answer.saved_at) this.savedAt = answer.saved_at;
    this.keep();
    this.settle();
    if (answer.saved_at) this.form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: answer }));
    if (this.changes().size) this.changed(PAUSE);
  }

  // --- Two values in one field ---

  offer(name, { theirs, who, at }) {
    const field = this.fields(name)[0];
    const box = document.querySelector("[data-conflict-template]").content.firstElementChild.cloneNode(true);
    const mine = () => (this.values().get(name) ?? []).join(", ");
    const other = [theirs].flat().map(String);
    // This page's own last word, sent while it was being left, comes back as another's.
    if (String(other) === String(this.values().get(name) ?? [])) {
      this.saved.set(name, other);
      return;
    }
    this.conflicts.get(name)?.remove();
    this.conflicts.set(name, box);
    if (who) box.querySelector("[data-who]").textContent = who;
    box.querySelector("[data-at]").textContent = at ?? "";
    box.querySelector("[data-mine]").textContent = mine();
    box.querySelector("[data-theirs]").textContent = other.join(", ");
    field.addEventListener("input", () => { box.querySelector("[data-mine]").textContent = mine(); });
    box.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-keep]")?.dataset.keep;
      if (!choice) return;
      box.remove();
      this.conflicts.delete(name);
      this.saved.set(name, other);
      if (choice === "theirs") this.put(name, other);
      field.focus();
      this.changed(0);
    });
    (field.closest("[id^=div_id]") ?? field.parentElement).append(box);
  }

  // --- Faults under the field ---

  complain(name, sentences) {
    const field = this.fields(name).at(-1);
    if (!field) return;
    for (const each of this.fields(name)) each.classList.toggle("is-invalid", Boolean(sentences));
    const id = `${field.id || name}-loi`;
    document.getElementById(id)?.remove();
    field.closest("[id^=div_id]")?.querySelectorAll(".invalid-feedback").forEach((old) => old.remove());
    field.removeAttribute("aria-invalid");
    if (!sentences) return;
    const box = document.createElement("div");
    box.id = id;
    box.className = "invalid-feedback";
    for (const sentence of sentences) {
      const line = document.createElement("p");
      line.textContent = sentence;
      box.append(line);
    }
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", id);
    field.after(box);
  }

  // --- What is kept in this browser until it is saved ---

  keep() {
    const typed = [...this.values()].filter(([name, value]) => String(value) !== String(this.saved.get(name)));
    const unsaved = [...typed, ...this.orphans];
    try {
      if (unsaved.length) localStorage.setItem(this.key, JSON.stringify({ version: this.form.elements.version.value, unsaved }));
      else localStorage.removeItem(this.key);
    } catch {
      // Storage is full or forbidden: the page itself still holds the text.
    }
  }

  restore() {
    const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
    const moved = kept?.version !== this.form.elements.version.value;
    for (const [name, value] of kept?.unsaved ?? []) {
      const stored = this.saved.get(name) ?? [];
      if (!this.fields(name).length) this.orphan(name, value);
      else if (String(stored) !== String(value)) {
        this.put(name, value);
        if (moved) this.offer(name, { theirs: stored });
      }
    }
    if (kept || this.changes().size) this.changed(0);
  }

  // Text for a field that somebody has taken away: shown until the person lets it go.
  orphan(name, value) {
    const entry = [name, value];
    const box = document.querySelector("[data-orphan-template]").content.firstElementChild.cloneNode(true);
    this.orphans.push(entry);
    box.querySelector("[data-mine]").textContent = value.join(", ");
    box.querySelector("[data-drop]").addEventListener("click", () => {
      box.remove();
      this.orphans.splice(this.orphans.indexOf(entry), 1);
      this.keep();
    });
    this.form.prepend(box);
  }

  // Another form of the page (publish, send) waits until the text is saved. The form's own submit posts everything itself.
  async before(event) {
    clearTimeout(this.timer);
    if (event.target === this.form) {
      this.busy = true;
    } else if (this.busy || this.changes().size) {
      event.preventDefault();
      await this.saveNow();
      if (!this.changes().size && !this.conflicts.size && !this.refused.size) event.target.requestSubmit(event.submitter);
    }
  }

  // So does a link of this page, for as long as a save usually takes.
  async beforeLink(event) {
    const link = event.target.closest("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.defaultPrevented;
    if (!link || !plain || link.target || link.origin !== location.origin || !(this.busy || this.changes().size)) return;
    event.preventDefault();
    await Promise.race([this.saveNow(), new Promise((done) => setTimeout(done, LINK_WAIT))]);
    location.assign(link.href);
  }

  async saveNow() {
    while (this.busy) await new Promise((done) => setTimeout(done, 50));
    await this.save();
  }

  // --- The indicator ---

  settle() {
    if (this.conflicts.size) this.show("conflict");
    else if (this.refused.size) this.show("invalid");
    else this.show("saved");
  }

  show(state, reason) {
    this.form.dispatchEvent(new CustomEvent("autosave:state", { bubbles: true, detail: state }));
    if (!this.indicator) return;
    this.indicator.dataset.state = state;
    if (reason) this.indicator.querySelector("[data-reason]").textContent = reason;
    if (this.savedAt) this.indicator.querySelector("[data-saved-at]").textContent = ` ${this.indicator.dataset.at} ${this.savedAt}`;
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
