// Looks again at [data-poll="address"] every data-poll-every seconds (5 unless told). 204: nothing new. 200: the fragment takes its
// place, or with data-poll-reload the whole page is loaded again. It stops when the answer carries no data-poll any more, and rests
// while the page is hidden. Without scripts the page carries a link to load itself again.
"use strict";

function poll(element) {
  const seconds = Number(element.dataset.pollEvery ?? 5);
  let tag = "";

  const look = async () => {
    if (!element.isConnected) return;
    if (!document.hidden) await ask();
    setTimeout(look, seconds * 1000);
  };

  const ask = async () => {
    try {
      const headers = { Accept: "text/html", ...(tag && { "If-None-Match": tag }) };
      const response = await fetch(element.dataset.poll, { headers });
      tag = response.headers.get("ETag") ?? "";
      if (response.status !== 200 || response.redirected) return;
      if ("pollReload" in element.dataset) location.reload();
      else replace(await response.text());
    } catch {
      // No network: look again later.
    }
  };

  const replace = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const next = holder.content.firstElementChild;
    if (!next) return;
    element.replaceWith(next);
    if (next.matches("[data-poll]")) poll(next);
  };

  setTimeout(look, seconds * 1000);
}

document.querySelectorAll("[data-poll]").forEach(poll);
