// What every page of the arena needs: its sentences, the server, and a voice for screen readers.

const root = document.documentElement;
const answer = await fetch(root.dataset.strings);
const strings = answer.ok ? await answer.json() : {};

export const byId = (id) => document.getElementById(id);

export function t(key, values = {}) {
  let said = strings[key] ?? key;
  for (const [name, value] of Object.entries(values)) said = said.replaceAll(`{${name}}`, String(value));
  return said;
}

export const knows = (key) => key in strings;

/** A reason or category as the owner words it in the reader's language, else as the language's file does. */
export function label(labels, key) {
  return labels?.[root.lang] ?? (knows(`tag.${key}`) ? t(`tag.${key}`) : labels?.en ?? key);
}

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

export function say(text) {
  byId("said").textContent = "";
  // A screen reader hears a change, not a text that is there already.
  setTimeout(() => { byId("said").textContent = text; }, 30);
}

let hiding = 0;
export function complain(text) {
  const box = byId("trouble");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, 9000);
}

const csrf = document.querySelector('meta[name="csrf-token"]').content;

export async function call(method, path, body) {
  const headers = { accept: "application/json" };
  if (method !== "GET") headers["x-csrf-token"] = csrf;
  if (body !== undefined) headers["content-type"] = "application/json";
  let reply;
  try {
    reply = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Error(t("trouble.away"));
  }
  const found = await reply.json().catch(() => ({}));
  if (!reply.ok) throw Object.assign(new Error(whyNot(found) ?? `${reply.status} ${reply.statusText}`), { status: reply.status });
  return found;
}

/** English comes from the server; another language has its own sentence for the code. */
function whyNot({ error, code, values }) {
  return knows(`error.${code}`) ? t(`error.${code}`, { text: error, ...values }) : error;
}

/** Run what a click starts; what goes wrong is told in one sentence. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    complain(error.message);
    return undefined;
  }
}
