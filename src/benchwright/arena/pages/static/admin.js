// The owner's page: lists from the server, one button an act, one form an addition.

import { attempt, byId, call, knows, label, make, say, t } from "./page.js";

const language = document.documentElement.lang;
const when = (seconds) => (seconds ? new Date(seconds * 1000).toLocaleString(language) : "–");
const word = (name) => (knows(`admin.${name}`) ? t(`admin.${name}`) : name);

function table(heads, rows, caption) {
  if (!rows.length) return make("p", { class: "note" }, t("admin.nothing"));
  return make("table", {}, caption ? make("caption", {}, caption) : null, make("thead", {}, make("tr", {}, heads.map((head) => (head ? make("th", { scope: "col" }, head) : make("td"))))),
    make("tbody", {}, rows.map((cells) => make("tr", {}, cells.map((cell) => make("td", {}, cell ?? ""))))));
}

function act(name, text, about, work) {
  return make("button", { type: "button", "aria-label": `${text}: ${about}`, onclick: () => attempt(async () => { if ((await work()) === false) return; say(t("admin.done")); await load(name); }) }, text);
}

const post = (name, body) => call("POST", `/api/admin/${name}`, body);
const flagged = (state) => make("span", { class: "status" }, state);

const lists = {
  models({ models, history }) {
    const acts = { active: ["pause", "retire"], paused: ["resume", "retire"], retired: [] };
    return [table([t("board.model"), t("admin.state"), ""], models.map(({ name, state, identity, is_failing: isFailing }) => [make("span", {}, make("bdi", {}, name), identity && identity !== name ? make("small", { class: "soft" }, ` ${identity}`) : null), flagged(word(`is_${state}`) + (isFailing ? ` · ${t("admin.failing")}` : "")),
      make("span", {}, acts[state].map((action) => act("models", t(`admin.${action}`), name, () => post("models", { name, action }))))])),
    make("details", {}, make("summary", {}, t("admin.history")), table([t("privacy.when"), t("board.model"), t("admin.act"), t("admin.who")], history.map((row) => [when(row.at), row.model, row.action, row.actor])))];
  },
  invitations({ invitations }) {
    return table([t("admin.label"), t("admin.group"), t("admin.uses_left"), t("admin.expires"), ""], invitations.map((row) => [row.label, row.group, String(row.uses_left), when(row.expires),
      row.is_open ? act("invitations", t("admin.revoke"), row.label, () => post("invitations/revoke", { id: row.id })) : t("admin.closed")]));
  },
  voters({ voters }) {
    return table([t("admin.pseudonym"), t("admin.group"), t("board.n"), t("admin.latest"), ""], voters.map((row) => [row.pseudonym, row.group, String(row.votes), when(row.latest),
      row.is_owner ? t("nav.admin") : act("voters", t("admin.delete"), row.pseudonym, () => (confirm(t("admin.delete_sure")) ? call("DELETE", `/api/admin/voters/${encodeURIComponent(row.id)}`) : false))]));
  },
  tags({ tags }) {
    return table([t("board.tag"), t("admin.key"), t("admin.verdict"), ""], tags.map((tag) => [label(tag.labels, tag.key), tag.key, t(`marks.${tag.verdict}`),
      act("tags", t(tag.archived ? "admin.restore" : "admin.archive"), tag.key, () => post("tags", { key: tag.key, verdict: tag.verdict, labels: tag.labels, archived: !tag.archived }))]));
  },
  categories({ built_in: builtIn, own }) {
    const rows = own.map((row) => [label(row.labels, row.key), row.words.join(", "), act("categories", t(row.archived ? "admin.restore" : "admin.archive"), row.key, () => post("categories", { ...row, archived: !row.archived }))]);
    return table([t("board.category"), t("admin.words"), ""], [...rows, ...builtIn.map((key) => [knows(`category.${key}`) ? t(`category.${key}`) : key, t("admin.built_in"), ""])]);
  },
  prompts({ prompts }) {
    return table([t("prompt.label"), t("admin.flag"), ""], prompts.map(({ id, prompt, flag, kind }) => [make("a", { href: `/battles/${id}` }, prompt.slice(0, 200) || "–"),
      kind === "leak" ? t("admin.leaked", { words: flag }) : flag, kind === "leak" ? "" : act("prompts", t("admin.clear"), prompt.slice(0, 40), () => post("prompts", { battle: id, flag: "" }))]));
  },
  sampling({ rule, floor, pairs }) {
    const form = make("form", { class: "inline" }, make("label", {}, t("admin.rule"), " ", make("select", { name: "rule" }, ["active", "uniform"].map((each) => make("option", { value: each, selected: each === rule }, t(`admin.rule.${each}`))))),
      make("label", {}, t("admin.floor"), " ", make("input", { name: "floor", type: "number", min: 0.01, max: 1, step: 0.01, value: floor })), make("button", { type: "submit" }, t("admin.set")));
    form.addEventListener("submit", (event) => { event.preventDefault(); attempt(async () => { await post("sampling", { rule: form.elements.rule.value, floor: Number(form.elements.floor.value) }); say(t("admin.done")); await load("sampling"); }); });
    return [form, table([t("named.first"), t("named.second"), t("admin.probability")], [...pairs].sort((x, y) => y.probability - x.probability).map((row) => [row.a, row.b, `${(100 * row.probability).toFixed(1)} %`]))];
  },
  audit({ audit, note, log }) {
    const found = audit?.flagged ?? [];
    return [audit ? (found.length ? table([t("admin.pseudonym"), t("board.n"), t("admin.pattern")], found.map((row) => [row.pseudonym, String(row.votes ?? ""), (knows(`behaviour.${row.behaviour}`) ? t(`behaviour.${row.behaviour}`) : row.behaviour) + (row.model ? `: ${row.model}` : "")])) : make("p", { class: "note" }, t("admin.audit_clean"))) : make("p", { class: "note" }, note),
      make("details", {}, make("summary", {}, t("admin.log")), table([t("privacy.when"), t("admin.who"), t("admin.act"), t("admin.about")], log.map((row) => [when(row.at), row.actor, row.action, row.subject ?? row.about ?? ""])))];
  },
};

async function load(name) {
  const box = document.querySelector(`[data-list="${name}"]`);
  const found = await call("GET", `/api/admin/${name}`);
  box.removeAttribute("aria-busy");
  box.replaceChildren(...[lists[name](found)].flat());
}

const bodies = {
  prompts: (data) => ({ battle: data.get("battle").match(/[0-9a-f]{32}/)?.[0] ?? "", flag: data.get("flag") }),
  models: (data) => ({ name: data.get("name"), action: "add" }),
  invitations: (data) => ({ label: data.get("label"), group: data.get("group"), uses: Number(data.get("uses")) }),
  tags: (data) => ({ key: data.get("key"), verdict: data.get("verdict"), labels: Object.fromEntries([...data].filter(([name, value]) => name.startsWith("labels.") && value).map(([name, value]) => [name.slice(7), value])) }),
  categories: (data) => ({ key: data.get("key"), words: data.get("words").split(",").map((each) => each.trim()).filter(Boolean) }),
};

for (const form of document.querySelectorAll("form[data-post]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = form.dataset.post;
    attempt(async () => {
      const made = await post(name, bodies[name](new FormData(form)));
      if (made.path) {
        byId("invited").replaceChildren(t("admin.invited"), " ", make("code", {}, location.origin + made.path));
        byId("invited").hidden = false;
      } else say(t("admin.done"));
      form.reset();
      await load(name);
    });
  });
}

await Promise.all(Object.keys(lists).map((name) => attempt(() => load(name))));
