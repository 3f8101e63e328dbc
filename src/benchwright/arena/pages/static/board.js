// The board stays live: when votes come in, the page is asked for again and its board put in place.

import { byId, say, t } from "./page.js";

let known = Number(byId("board").dataset.votes);
let isAsked = false;

async function refresh() {
  if (isAsked || byId("board").contains(document.activeElement?.closest("form") ?? null)) return;
  isAsked = true;
  const reply = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  isAsked = false;
  if (!reply?.ok) return;
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("board");
  if (!fresh) return;
  const open = byId("board").querySelector(".made")?.open;
  byId("board").replaceWith(document.adoptNode(fresh));
  if (open) byId("board").querySelector(".made").open = true;
  known = Number(fresh.dataset.votes);
  ready();
  say(t("board.votes", { votes: known }));
}

function ready() {
  const form = byId("slice");
  form.querySelector(".quiet").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => { for (const field of form.elements) if (field.value === "") field.disabled = true; });
}

ready();
const events = new EventSource("/api/board/events");
const tell = (isLive) => { byId("live").textContent = t(isLive ? "board.live" : "board.away"); byId("live").classList.toggle("off", !isLive); };
events.addEventListener("open", () => tell(true));
events.addEventListener("error", () => tell(false));
events.addEventListener("board", (event) => { if (JSON.parse(event.data).votes !== known) refresh(); });
