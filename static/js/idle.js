// Leaves a page on which nobody does anything for [data-idle-seconds], for [data-idle-to]; what was typed goes with it.
"use strict";

for (const element of document.querySelectorAll("[data-idle-to]")) {
  let timer = 0;
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      element.querySelectorAll("input[type=password], input[type=text]").forEach((field) => (field.value = ""));
      location.replace(element.dataset.idleTo);
    }, Number(element.dataset.idleSeconds) * 1000);
  };
  for (const act of ["keydown", "pointermove", "pointerdown", "scroll", "wheel"]) {
    addEventListener(act, begin, { capture: true, passive: true });
  }
  // A page that comes back out of the browser's memory comes back empty.
  addEventListener("pageshow", (event) => event.persisted && location.replace(element.dataset.idleTo));
  begin();
}
