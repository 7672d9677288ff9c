// Looks again at [data-poll="address"] every data-poll-every seconds (5 unless told). 204 or 304: nothing new. 200: the fragment
// takes its place, or with data-poll-reload the whole page is loaded again. data-poll-tag is the tag of what is shown, to be asked
// with. It stops when the answer carries no data-poll any more, and rests while the page is hidden. Without a network it keeps what
// is shown and looks again. Without scripts the page carries a link to load itself again.
"use strict";

const PATIENCE = 10_000; // milliseconds: a network that swallows an answer must not stop the looking

function poll(element) {
  const seconds = Number(element.dataset.pollEvery ?? 5);
  let tag = element.dataset.pollTag ?? "";

  const look = async () => {
    if (!element.isConnected) return;
    if (!document.hidden) await ask();
    setTimeout(look, seconds * 1000);
  };

  const ask = async () => {
    try {
      const headers = { Accept: "text/html", ...(tag && { "If-None-Match": tag }) };
      const response = await fetch(element.dataset.poll, { headers, signal: AbortSignal.timeout(PATIENCE) });
      if (response.status !== 200 || response.redirected) return;
      tag = response.headers.get("ETag") ?? "";
      if ("pollReload" in element.dataset) location.reload();
      else replace(await response.text());
    } catch {
      // No network, or too slow a one: look again later.
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
