// Rows of a form that can be added and taken out again: [data-rows="prefix"] around them, a <template data-row> with a blank one,
// [data-add-row] to add it, [data-remove-row] in a row that has not been saved yet. The server counts rows by prefix-TOTAL_FORMS.
"use strict";

const counter = (group) => document.getElementById(`id_${group.dataset.rows}-TOTAL_FORMS`);

function renumber(group) {
  const rows = group.querySelectorAll("[data-row]:not(template)");
  const numbered = new RegExp(`(${group.dataset.rows}-)(\\d+|__prefix__)(?=-|$)`);
  rows.forEach((row, place) => {
    for (const part of [row, ...row.querySelectorAll("*")]) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace(numbered, `$1${place}`));
      }
    }
  });
  counter(group).value = rows.length;
}

document.addEventListener("click", (event) => {
  const adding = event.target.closest("[data-add-row]");
  const removing = event.target.closest("[data-remove-row]");
  const group = (adding || removing)?.closest("[data-rows]");
  if (!group) return;
  event.preventDefault();
  if (adding) {
    const template = group.querySelector("template[data-row]");
    template.before(template.content.cloneNode(true));
    renumber(group);
    template.previousElementSibling.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  } else {
    removing.closest("[data-row]").remove();
    renumber(group);
    group.querySelector("[data-add-row]").focus();
  }
});
