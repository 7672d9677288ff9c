// [data-dialog="id"] opens <dialog id>; without this script, or without that dialog, a link goes to its own page.
"use strict";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  } else if (event.target.closest("[data-close]")) {
    event.preventDefault();
    event.target.closest("dialog")?.close();
  } else if (event.target.matches("dialog")) {
    event.target.close();
  }
});

// A form that came back with an error opens its dialog again.
document.querySelector("dialog[data-open], dialog:has(.is-invalid)")?.showModal();
