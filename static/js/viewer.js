// Tells which page of a document is in view: the number, the thumbnail, the dots. Without it the thumbnails are plain links.
"use strict";

function watch(viewer) {
  const pages = viewer.querySelector(".k-viewer-pages");
  const figures = [...pages.children];
  const thumbs = [...viewer.querySelectorAll(".k-viewer-thumbs a")];
  const dots = [...viewer.querySelectorAll(".k-dots > span")];
  const number = viewer.querySelector("[data-page-number]");
  const seen = new Map();

  const show = (index) => {
    number.textContent = index + 1;
    dots.forEach((dot, at) => dot.classList.toggle("k-here", at === index));
    thumbs.forEach((thumb, at) => {
      if (at === index) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
  };

  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) seen.set(entry.target, entry.intersectionRect.height * entry.intersectionRect.width);
    const areas = figures.map((figure) => seen.get(figure) ?? 0);
    show(areas.indexOf(Math.max(...areas)));
  }, { root: pages, threshold: [0, 0.25, 0.5, 0.75, 1] });
  figures.forEach((figure) => observer.observe(figure));

  // A thumbnail moves the pages only, not the whole window.
  thumbs.forEach((thumb, index) => {
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      pages.scrollTo({ top: figures[index].offsetTop - pages.offsetTop - 18 });
    });
  });
}

document.querySelectorAll("[data-viewer]").forEach(watch);
