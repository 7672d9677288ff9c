// Keeps a [data-preview="address"] beside a form up to date: after a save the fragment at that address replaces its content.
// The server answers 200 with the fragment, 202 while it is still drawing, 204 when nothing changed.
// With data-preview-now it is fetched at once: a page that shows it does not wait until it is drawn.
// The name of the part being typed in goes along as `phan` (its [data-part]); [data-marked] in the answer is scrolled to.
"use strict";

const AGAIN = 1200;

for (const preview of document.querySelectorAll("[data-preview]")) {
  let timer;
  let current = 0;

  const part = () => document.activeElement?.closest("[data-part]")?.dataset.part ?? "";

  const refresh = async () => {
    const mine = ++current;
    const address = new URL(preview.dataset.preview, location.href);
    if (part()) address.searchParams.set("phan", part());
    preview.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { headers: { Accept: "text/html" } });
      if (mine !== current || response.redirected) return;
      if (response.status === 202) timer = setTimeout(refresh, AGAIN);
      if (response.status === 200) put(await response.text());
    } catch {
      // No network: the last pages stay; the save state tells it.
    } finally {
      preview.removeAttribute("aria-busy");
    }
  };

  const put = (html) => {
    const scroller = preview.querySelector(".k-preview-pages");
    const top = scroller?.scrollTop ?? 0;
    preview.innerHTML = html;
    const pages = preview.querySelector(".k-preview-pages");
    const marked = preview.querySelector("[data-marked]");
    if (!pages) return;
    pages.scrollTop = top;
    if (!marked) return;
    const above = marked.offsetTop < pages.scrollTop + pages.offsetTop;
    const below = marked.offsetTop > pages.scrollTop + pages.offsetTop + pages.clientHeight / 2;
    if (above || below) pages.scrollTop = marked.offsetTop - pages.offsetTop - 24;
  };

  document.addEventListener("autosave:saved", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 150);
  });
  if ("previewNow" in preview.dataset) refresh();
}
