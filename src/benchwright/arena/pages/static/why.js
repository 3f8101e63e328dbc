// Why a model wins and loses: reasons with their counts, marked words, battles to read.

import { attempt, byId, call, knows, label, make, t } from "./page.js";

const box = byId("why");
const SVG = "http://www.w3.org/2000/svg";

function meter(label, count, most, kind) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const bar = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ width: `${(100 * count) / Math.max(most, 1)}%`, height: 12, rx: 4, class: kind })) bar.setAttribute(name, value);
  svg.append(bar);
  return make("div", { class: "meter" }, make("span", {}, label), svg, make("b", {}, String(count)));
}

const none = (key = "why.none") => make("p", { class: "note" }, t(key));
const percent = (count, of) => (of ? `${Math.round((100 * count) / of)} %` : "–");

function example({ battle, prompt, against }) {
  return make("li", {}, make("a", { href: `/battles/${battle}` }, prompt.slice(0, 160)), make("div", { class: "soft" }, t("why.against", { model: against })));
}

function meters(title, reasons, kind, labels) {
  const most = Math.max(0, ...reasons.map((reason) => reason.votes));
  return [make("h3", {}, title), reasons.length ? reasons.map((reason) => meter(labels[reason.tag] ?? reason.tag, reason.votes, most, kind)) : none()];
}

/** One half of the page: in wins, why it was liked; in losses, what it lacked and what the winner had. */
function half(name, kind, { votes, reasons, battles }, labels, winners = []) {
  return make("section", { class: "card" }, make("h2", {}, `${t(`why.${name}`)} · ${votes}`), votes
    ? [meters(t("why.reasons"), reasons, kind, labels), winners.length ? meters(t("why.winners"), winners, "win", labels) : null,
      battles.length ? [make("h3", {}, t("why.examples")), make("ul", { class: "quotes" }, battles.map(example))] : null].flat(3)
    : none(`why.no_${name}`));
}

function headline({ votes, wins, losses, ties, said }, labels) {
  const clear = (kind) => said.filter((row) => row.clear === kind).map((row) => labels[row.tag] ?? row.tag).join(", ");
  const lines = [t(votes ? "why.headline" : "why.no_votes", { wins: wins.votes, votes, losses: losses.votes, ties: ties.votes, share: percent(wins.votes, votes) })];
  for (const kind of ["more", "less"]) if (clear(kind)) lines.push(t(`why.headline_${kind}`, { reasons: clear(kind) }));
  return make("p", { class: "lede" }, lines.join(" "));
}

function beside(said, labels) {
  if (!said.length) return null;
  const share = (count, of) => `${percent(count, of)} (${count} / ${of})`;
  return make("section", {}, make("h2", {}, t("why.said")), make("p", { class: "note" }, t("why.said_note")),
    table([t("board.tag"), t("why.of_it"), t("why.of_others"), ""], said.map((row) => [labels[row.tag] ?? row.tag, share(row.votes, row.of), share(row.others, row.of_others), row.clear ? make("b", { class: "clear" }, t(`why.${row.clear}`)) : ""])));
}

function categories(rows) {
  if (rows.length < 2) return null;
  const name = (key) => (knows(`category.${key}`) ? t(`category.${key}`) : key);
  return make("section", {}, make("h2", {}, t("why.categories")), table([t("board.category"), t("board.n"), t("why.wins"), t("why.losses"), t("board.win_rate")],
    rows.map((row) => [name(row.category), String(row.votes), String(row.wins), String(row.losses), percent(row.wins + (row.votes - row.wins - row.losses) / 2, row.votes)])));
}

function comments(found) {
  if (!found.length) return null;
  return make("section", {}, make("h2", {}, t("why.comments")), make("ul", { class: "quotes" }, found.map(({ battle, comment, result, against }) => make("li", { class: { won: "good", lost: "bad" }[result] ?? "" },
    make("q", {}, comment), make("div", { class: "soft" }, make("a", { href: `/battles/${battle}` }, t(`why.${result}`)), " ", t("why.against", { model: against }))))));
}

function spans(found) {
  const all = [...found.good.map((span) => ["good", span]), ...found.bad.map((span) => ["bad", span])];
  return make("section", {}, make("h2", {}, t("why.spans")), all.length
    ? make("ul", { class: "quotes" }, all.map(([kind, { quote, word, battle }]) => make("li", { class: kind }, make("b", {}, t(`marks.${kind}`)), " ", make("a", { href: `/battles/${battle}` }, make("q", {}, quote)), word ? make("span", { class: "soft" }, ` ${word}`) : null)))
    : none("why.no_spans"));
}

function table(heads, rows) {
  return make("div", { class: "scroll", tabindex: 0 }, make("table", {}, make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, rows.map((cells) => make("tr", {}, cells.map((cell) => make("td", {}, cell)))))));
}

function preferences({ attributes, note, code = "", left_out: leftOut = [] }, labels) {
  const signed = (value) => `${value > 0 ? "+" : ""}${value.toFixed(2)}`;
  const name = (key) => labels[key] ?? (knows(`style.${key}`) ? t(`style.${key}`) : key);
  return make("section", {}, make("h2", {}, t("why.preferences")), make("p", { class: "note" }, t("why.preferences_note")), attributes.length
    ? table([t("why.attribute"), t("why.coefficient"), t("board.interval")], attributes.map((row) => [name(row.name), signed(row.coefficient), `${signed(row.low)} … ${signed(row.high)}`]))
    : make("p", { class: "note" }, knows(`why.note.${code}`) ? t(`why.note.${code}`) : note), leftOut.length ? make("p", { class: "note" }, t("why.left_out", { names: leftOut.map(name).join(", ") })) : null);
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
  const labels = Object.fromEntries(tags.map((tag) => [tag.key, label(tag.labels, tag.key)]));
  const praise = new Set(tags.filter((tag) => tag.verdict === "good").map((tag) => tag.key));
  box.removeAttribute("aria-busy");
  box.replaceChildren(...[headline(found, labels), make("div", { class: "why-grid" }, half("wins", "win", found.wins, labels), half("losses", "loss", found.losses, labels, found.winners.filter((row) => praise.has(row.tag)))),
    beside(found.said, labels), comments(found.comments), spans(found.spans), categories(found.categories), preferences(moved, labels), disagreements(apart)].filter(Boolean));
});
