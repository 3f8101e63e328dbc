// A battle from the question to the names: one page, one state, everything by mouse and by keyboard.

import { Ballot } from "./ballot.js";
import { Flagging } from "./flagging.js";
import { attempt, byId, call, knows, make, say, t } from "./page.js";
import { Turns } from "./turns.js";

const page = byId("battle");
const mode = page.dataset.mode;
const home = mode === "side_by_side" ? "/named" : mode === "review" ? "/review" : "/";
const state = { battle: "", mode, sides: ["a", "b"], isWriting: false, isOver: false, vote: "", models: null };

const turns = new Turns({ state, onRetry: (side) => attempt(() => again("retry", { side })), isOpen: () => canVote() });
const ballot = new Ballot({ state, turns, send, choose });
const flagging = byId("flagging") ? new Flagging() : null;

function canVote() { return Boolean(state.battle) && !state.isWriting && !state.isOver; }

function show() {
  byId("start").hidden = Boolean(state.battle);
  byId("arena").hidden = !state.battle;
  byId("stop").hidden = !state.isWriting;
  const canAsk = canVote() && state.mode !== "review";
  byId("regenerate").hidden = !canAsk;
  byId("further").hidden = !canAsk;
  byId("writing").hidden = state.isOver;
  if (!canAsk) { byId("further-form").hidden = true; byId("further").setAttribute("aria-expanded", "false"); }
  byId("ballot").hidden = !state.battle || state.isOver || state.isWriting;
  ballot.show();
}

// --- beginning -------------------------------------------------------------------------------------------------
async function begin(body) {
  const opened = await call("POST", "/api/battles", body);
  Object.assign(state, { battle: opened.battle, mode: opened.mode, sides: opened.sides, isOver: false, vote: "" });
  history.pushState({}, "", `/battles/${opened.battle}`);
  await load();
  byId("arena").scrollIntoView({ block: "start" });
}

async function load() {
  const found = await call("GET", `/api/battles/${state.battle}`).catch((error) => {
    if (error.status !== 404) throw error;
    return readOnly();
  });
  Object.assign(state, { mode: found.mode, sides: found.sides, models: found.models ?? null, isOver: found.state !== "open" });
  ballot.forSides(found.sides, found.choice, found.are_same);
  flagging?.show(state.battle, found.flag);
  turns.fill(found);
  const last = found.turns.at(-1);
  if (last?.writing) listen(last.turn);
  else state.isWriting = false;
  if (found.vote) { state.vote = found.vote.id; reveal(found.reveal, found.vote.choice, found.vote.state); }
  else if (found.state === "skipped") say(t("battle.ended"));
  show();
}

/** Somebody else's battle, which its owner may read: the texts, the names and the choice, nothing to press. */
async function readOnly() {
  const found = await call("GET", `/api/battles/${state.battle}/public`);
  const sides = Object.keys(found.models).filter((side) => found.models[side]);
  const turns = found.turns.map((turn, at) => ({
    turn: at, prompt: turn.prompt, writing: false,
    sides: Object.fromEntries(sides.map((side) => [side, { state: "done", text: turn[side], html: "" }])),
  }));
  const names = Object.fromEntries(sides.map((side) => [side, { model: found.models[side] }]));
  turns.marks = found.spans;
  return { mode: "battle", sides, are_same: false, flag: found.flag, models: found.models, state: "voted", turns, choice: null, vote: { id: "", choice: found.choice, state: found.state }, reveal: names, comment: found.comment };
}

let source = null;
function listen(turn) {
  source?.close();
  state.isWriting = true;
  say(t("battle.waiting"));
  source = new EventSource(`/api/battles/${state.battle}/stream?turn=${turn}`);
  source.addEventListener("open", () => turns.restart(turn));
  source.addEventListener("token", (event) => turns.add(turn, JSON.parse(event.data)));
  source.addEventListener("side", (event) => turns.ended(turn, JSON.parse(event.data)));
  source.addEventListener("end", () => {
    source.close();
    // What the server has kept is what will be voted on.
    attempt(async () => { await load(); if (canVote()) say(t("battle.done")); });
  });
  source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) attempt(load); });
  show();
}

async function again(what, body = {}) {
  const turn = turns.last;
  await call("POST", `/api/battles/${state.battle}/${what}`, what === "retry" ? body : undefined);
  ballot.forget(turn);
  turns.waiting(turn, what === "retry" ? [body.side] : state.sides);
  listen(turn);
}

async function further(prompt) {
  const { turn } = await call("POST", `/api/battles/${state.battle}/turns`, { prompt });
  byId("further-prompt").value = "";
  turns.append(turn, prompt);
  listen(turn);
}

// --- the vote --------------------------------------------------------------------------------------------------
async function choose(choice) { await call("POST", `/api/battles/${state.battle}/choice`, { choice }); }

async function send() {
  if (!canVote() || !ballot.choice) return;
  const body = ballot.body();
  byId("send").disabled = true;
  try {
    const sent = await call("POST", `/api/battles/${state.battle}/ballot`, body);
    ballot.forgetDraft();
    Object.assign(state, { isOver: true, vote: sent.vote });
    reveal(sent.reveal, body.choice, "counted");
    show();
    byId("reveal").focus({ preventScroll: true });
    byId("reveal").scrollIntoView({ block: "center" });
  } finally {
    byId("send").disabled = false;
  }
}

function number(value, digits = 0) { return value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits }); }

function reveal(sides, choice, kept) {
  const facts = (name, value) => make("div", {}, make("dt", {}, t(`reveal.${name}`)), make("dd", {}, value));
  const unknown = t("reveal.unknown");
  byId("revealed").classList.toggle("single", state.sides.length === 1);
  byId("revealed").replaceChildren(...state.sides.map((side) => {
    const { model, latency_ms: latency, tokens, cost_usd: cost } = sides[side];
    return make("div", { class: `who is-${side}` },
      make("h3", {}, make("span", { class: "letter" }, side.toUpperCase()), make("bdi", {}, model)),
      latency === undefined ? null : make("dl", {},
        facts("latency", latency == null ? unknown : latency < 995 ? `${number(latency)} ms` : `${number(latency / 1000, 1)} s`),
        facts("tokens", tokens == null ? unknown : number(tokens)),
        facts("cost", cost == null ? unknown : cost === 0 ? "$0" : `$${number(cost, 6)}`)));
  }));
  byId("reveal-said").textContent = [t("reveal.said", { choice: ballot.name(choice) }), kept !== "counted" ? t(`state.${kept}`) : ""].join(" ");
  byId("withdraw").hidden = kept === "withdrawn" || !state.vote;
  turns.close();
  byId("reveal").hidden = false;
}

async function withdraw() {
  if (!confirm(t("reveal.sure"))) return;
  await call("DELETE", `/api/votes/${state.vote}`);
  byId("withdraw").hidden = true;
  byId("reveal-said").textContent = t("reveal.withdrawn");
  say(t("reveal.withdrawn"));
}

async function skip() {
  if (!state.battle || state.isOver) return;
  source?.close();
  await call("POST", `/api/battles/${state.battle}/skip`);
  ballot.forgetDraft();
  say(t("ballot.skipped"));
  leave();
}

function leave() {
  source?.close();
  Object.assign(state, { battle: "", isWriting: false, isOver: false, vote: "" });
  byId("reveal").hidden = true;
  ballot.clear();
  turns.clear();
  const place = state.mode === "review" ? "/review" : ["side_by_side", "direct"].includes(state.mode) ? "/named" : home;
  if (place !== home || page.dataset.battle) { location.assign(place); return; }
  history.pushState({}, "", home);
  show();
  scrollTo(0, 0);
  (byId("prompt") ?? byId("draw")).focus({ preventScroll: true });
  suggest();
}

// --- suggestions and consent -----------------------------------------------------------------------------------
async function suggest() {
  const list = byId("suggestions");
  if (!list) return;
  const { suggestions } = await call("GET", `/api/suggestions?language=${document.documentElement.lang}`);
  const category = (name) => (knows(`category.${name}`) ? t(`category.${name}`) : name);
  list.replaceChildren(...suggestions.map(({ id, text, category: kind }) => make("li", {},
    make("button", { type: "button", onclick: () => attempt(() => start({ suggestion: id })) }, make("span", {}, text), make("small", {}, category(kind))))));
  if (!suggestions.length) list.append(make("li", { class: "note" }, t("suggestions.none")));
}

function start(body) {
  if (mode !== "side_by_side") return begin({ mode, ...body });
  const models = [byId("model-a").value, byId("model-b").value].filter(Boolean);
  return begin({ mode: models.length === 1 ? "direct" : mode, models, ...body });
}

async function askConsent() {
  const me = await call("GET", "/api/me");
  byId("consent").hidden = me.consent || sessionStorage.getItem("consent") === "later";
}

byId("consent-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const metadata = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value));
  attempt(async () => {
    await call("POST", "/api/consent", { version: page.dataset.consent, accepted: true, metadata });
    byId("consent").hidden = true;
    say(t("consent.saved"));
  });
});
byId("consent-no").addEventListener("click", () => { sessionStorage.setItem("consent", "later"); byId("consent").hidden = true; });

// --- what can be pressed ---------------------------------------------------------------------------------------
byId("ask")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const prompt = byId("prompt").value.trim();
  if (prompt) attempt(async () => { await start({ prompt }); byId("prompt").value = ""; });
});
byId("draw")?.addEventListener("click", () => attempt(() => start({})));
byId("more-suggestions")?.addEventListener("click", () => attempt(suggest));
byId("further-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const prompt = byId("further-prompt").value.trim();
  if (prompt) attempt(() => further(prompt));
});
byId("further").addEventListener("click", () => {
  const form = byId("further-form");
  form.hidden = !form.hidden;
  byId("further").setAttribute("aria-expanded", String(!form.hidden));
  if (!form.hidden) byId("further-prompt").focus();
});
const stop = () => call("POST", `/api/battles/${state.battle}/stop`);
byId("stop").addEventListener("click", () => attempt(stop));
byId("regenerate").addEventListener("click", () => attempt(() => again("regenerate")));
byId("skip").addEventListener("click", () => attempt(skip));
byId("withdraw").addEventListener("click", () => attempt(withdraw));
byId("next").addEventListener("click", leave);
byId("ballot").addEventListener("submit", (event) => { event.preventDefault(); attempt(send); });
byId("keys").addEventListener("click", () => byId("help").showModal());
byId("help-close").addEventListener("click", () => byId("help").close());
byId("keys-on").checked = localStorage.getItem("keys") !== "off";
byId("keys-on").addEventListener("change", (event) => localStorage.setItem("keys", event.target.checked ? "on" : "off"));
for (const box of document.querySelectorAll(".composer textarea")) {
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); box.form.requestSubmit(); }
  });
}
addEventListener("popstate", () => location.reload());

const press = (id) => { const button = byId(id); if (button && button.offsetParent) button.click(); };
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || byId("help").open) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.target.closest(".composer")) { event.preventDefault(); attempt(send); return; }
  if (event.key === "Escape") { press("stop"); return; }
  if (turns.marking.key(event)) { event.preventDefault(); return; }
  const isTyping = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !byId("keys-on").checked) return;
  const key = event.key.toLowerCase();
  if (/^[1-7]$/.test(key)) { ballot.pick(Number(key) - 1); return; }
  const buttons = { s: "skip", u: "undo", r: "regenerate", f: "further", n: "next", "?": "keys" };
  if (key === "a" || key === "b") { turns.focus(key); event.preventDefault(); return; }
  if (buttons[key]) { event.preventDefault(); if (key === "?") byId("help").showModal(); else press(buttons[key]); }
});

state.battle = page.dataset.battle;
show();
await attempt(async () => {
  if (state.battle) { await load(); ballot.restore(); }
  else await Promise.all([suggest(), askConsent()]);
});
if (state.battle && turns.isEmpty) { state.battle = ""; show(); }
page.dataset.ready = "true";
