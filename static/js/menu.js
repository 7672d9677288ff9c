// Menus are <details> and open by themselves; this closes them: by Escape, by a click elsewhere, and when another one opens.
// It also brings the open tab into view.
"use strict";

const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// On a phone the open tab may lie outside of the row.
document.querySelector(".k-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
