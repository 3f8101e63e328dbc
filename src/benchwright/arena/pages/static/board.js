// The board stays live: when votes come in, the page is asked for again and its board put in place.

import { byId, say, t } from "./page.js";

const SETTLED_MS = 2500;
let wanted = Number(byId("board").dataset.votes);
let isAsked = false;
let settling = 0;

/** Put the newest board in place; one that lags behind the votes, or was fitted in haste, is asked for once more. */
async function refresh() {
  const isInUse = byId("board").contains(document.activeElement?.closest("form, .scroll") ?? null);
  if (isAsked || isInUse) { later(); return; }
  isAsked = true;
  const reply = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  isAsked = false;
  const text = reply?.ok ? await reply.text() : "";
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("board");
  if (!fresh) { later(); return; }
  const isOpen = byId("board").querySelector(".made")?.open ?? false;
  byId("board").replaceWith(document.adoptNode(fresh));
  if (isOpen) byId("board").querySelector(".made").open = true;
  ready();
  const { votes, kind } = fresh.dataset;
  if (Number(votes) !== wanted || kind === "live") later();
  else say(t("board.votes", { votes }));
}

function later() {
  clearTimeout(settling);
  settling = setTimeout(refresh, SETTLED_MS);
}

/** The ranks under the reader's own weights follow the sliders; the page itself stays where it is. */
let weighing = 0;
async function weigh(form) {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "0"));
  const number = ++weighing;
  const reply = await fetch(`/board?${asked}`, { headers: { accept: "text/html" } }).catch(() => null);
  const fresh = reply?.ok ? new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("own-ranks") : null;
  if (!fresh || number !== weighing) return;
  byId("own-ranks").replaceChildren(...document.adoptNode(fresh).childNodes);
  history.replaceState({}, "", `/board${asked.size ? `?${asked}` : ""}`);
}

function ready() {
  const form = byId("slice");
  const weights = byId("weights");
  if (weights) {
    let waiting = 0;
    weights.querySelector(".quiet").hidden = true;
    weights.addEventListener("input", ({ target }) => {
      target.nextElementSibling.value = target.value;
      clearTimeout(waiting);
      waiting = setTimeout(() => weigh(weights), 120);
    });
  }
  form.querySelector(".quiet").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => { for (const field of form.elements) if (field.value === "") field.disabled = true; });
}

ready();
const events = new EventSource("/api/board/events");
const tell = (isLive) => { byId("live").textContent = t(isLive ? "board.live" : "board.away"); byId("live").classList.toggle("off", !isLive); };
events.addEventListener("open", () => tell(true));
events.addEventListener("error", () => tell(false));
events.addEventListener("board", (event) => {
  wanted = JSON.parse(event.data).votes;
  if (wanted !== Number(byId("board").dataset.votes)) refresh();
});
