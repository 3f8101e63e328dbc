// Consent given and taken back, and one's own votes.

import { attempt, byId, call, make, say, t } from "./page.js";

const form = byId("consent-form");

function consent(accepted) {
  const metadata = accepted ? Object.fromEntries([...new FormData(form)].filter(([, value]) => value)) : {};
  return attempt(async () => {
    await call("POST", "/api/consent", { version: form.dataset.consent, accepted, metadata });
    byId("consent-no").hidden = !accepted;
    if (!accepted) for (const field of form.querySelectorAll("input")) field.value = "";
    say(t(accepted ? "consent.saved" : "consent.gone"));
  });
}

form.addEventListener("submit", (event) => { event.preventDefault(); consent(true); });
byId("consent-no").addEventListener("click", () => consent(false));

byId("leave").addEventListener("click", () => attempt(async () => {
  if (!confirm(t("privacy.leave_sure"))) return;
  await call("DELETE", "/api/me");
  location.assign("/");
}));

await attempt(async () => {
  const { votes } = await call("GET", "/api/votes");
  const box = byId("votes");
  box.removeAttribute("aria-busy");
  if (!votes.length) { box.replaceChildren(make("p", { class: "note" }, t("privacy.no_votes"))); return; }
  const head = ["when", "what", "state"].map((name) => make("th", { scope: "col" }, t(`privacy.${name}`)));
  const rows = votes.map(({ vote, at, choice, state }) => make("tr", {},
    make("td", {}, make("a", { href: `/battles/${vote}` }, new Date(at * 1000).toLocaleString(document.documentElement.lang))),
    make("td", {}, t(`choice.${choice}`)), make("td", {}, t(`state.${state}`))));
  box.replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows)));
});
