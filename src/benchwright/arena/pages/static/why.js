// Why a model wins and loses: reasons with their counts, marked words, battles to read.

import { attempt, byId, call, knows, make, t } from "./page.js";

const box = byId("why");
const language = document.documentElement.lang;
const SVG = "http://www.w3.org/2000/svg";

function meter(label, count, most, kind) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const bar = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ width: `${(100 * count) / Math.max(most, 1)}%`, height: 12, rx: 4, class: kind })) bar.setAttribute(name, value);
  svg.append(bar);
  return make("div", { class: "meter" }, make("span", {}, label), svg, make("b", {}, String(count)));
}

const none = () => make("p", { class: "note" }, t("why.none"));

function example({ battle, prompt, against, comment }) {
  return make("li", {}, make("a", { href: `/battles/${battle}` }, prompt.slice(0, 160)), make("div", { class: "soft" }, t("why.against", { model: against })), comment ? make("q", {}, comment) : null);
}

function half(name, kind, { votes, reasons, battles }, labels) {
  const most = Math.max(0, ...reasons.map((reason) => reason.votes));
  return make("section", { class: "card" }, make("h2", {}, `${t(`why.${name}`)} · ${votes}`), make("h3", {}, t("why.reasons")),
    reasons.length ? reasons.map((reason) => meter(labels[reason.tag] ?? reason.tag, reason.votes, most, kind)) : none(),
    battles.length ? [make("h3", {}, t("why.examples")), make("ul", { class: "quotes" }, battles.map(example))] : null);
}

function spans(found) {
  const all = [...found.good.map((span) => ["good", span]), ...found.bad.map((span) => ["bad", span])];
  return make("section", {}, make("h2", {}, t("why.spans")), all.length
    ? make("ul", { class: "quotes" }, all.map(([kind, { quote, word, battle }]) => make("li", { class: kind }, make("b", {}, t(`marks.${kind}`)), " ", make("a", { href: `/battles/${battle}` }, make("q", {}, quote)), word ? make("span", { class: "soft" }, ` ${word}`) : null)))
    : none());
}

function table(heads, rows) {
  return make("div", { class: "scroll", tabindex: 0 }, make("table", {}, make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, rows.map((cells) => make("tr", {}, cells.map((cell) => make("td", {}, cell)))))));
}

function preferences({ attributes, note, left_out: leftOut = [] }, labels) {
  const signed = (value) => `${value > 0 ? "+" : ""}${value.toFixed(2)}`;
  const name = (key) => labels[key] ?? (knows(`style.${key}`) ? t(`style.${key}`) : key);
  return make("section", {}, make("h2", {}, t("why.preferences")), make("p", { class: "note" }, t("why.preferences_note")), attributes.length
    ? table([t("why.attribute"), t("why.coefficient"), t("board.interval")], attributes.map((row) => [name(row.name), signed(row.coefficient), `${signed(row.low)} … ${signed(row.high)}`]))
    : make("p", { class: "note" }, note), leftOut.length ? make("p", { class: "note" }, t("why.left_out", { names: leftOut.map(name).join(", ") })) : null);
}

function disagreements({ models }) {
  const clear = models.filter((row) => row.rank_people !== row.rank_benchmark);
  if (!clear.length) return null;
  const shown = clear.slice(0, 12);
  const read = (row) => row.battles.slice(0, 3).map(({ battle, prompt }) => make("a", { href: `/battles/${battle}`, class: "brief" }, prompt.slice(0, 80)));
  return make("section", {}, make("h2", {}, t("why.disagreements")), make("p", { class: "note" }, t("why.disagreements_note")), table([t("board.model"), t("why.rank_people"), t("why.rank_benchmark"), t("why.examples")],
    shown.map((row) => [make("span", {}, make("bdi", {}, row.model), row.is_clear ? make("b", { class: "clear" }, ` ${t("why.clear")}`) : null), `${row.rank_people} (${row.rank_people_low}–${row.rank_people_high})`, `${row.rank_benchmark} (${(100 * row.score).toFixed(1)} %)`, make("span", {}, read(row))])));
}

await attempt(async () => {
  const [found, { tags }, moved, apart] = await Promise.all([
    call("GET", `/api/why?model=${encodeURIComponent(box.dataset.model)}`), call("GET", "/api/tags"), call("GET", "/api/preferences"), call("GET", "/api/disagreements"),
  ]);
  const labels = Object.fromEntries(tags.map((tag) => [tag.key, tag.labels[language] ?? tag.labels.en ?? tag.key]));
  box.removeAttribute("aria-busy");
  box.replaceChildren(...[make("div", { class: "why-grid" }, half("wins", "win", found.wins, labels), half("losses", "loss", found.losses, labels)),
    spans(found.spans), preferences(moved, labels), disagreements(apart)].filter(Boolean));
});
