// The answers on the page: written side by side at one pace, then as text whose exact places can be marked.

import { Marking, paint } from "./marking.js";
import { attempt, byId, call, make, t } from "./page.js";

export class Turns {
  constructor({ state, onRetry, isOpen }) {
    this.state = state;
    this.onRetry = onRetry;
    this.isOpen = isOpen;
    this.box = byId("turns");
    this.cells = new Map();
    this.last = 0;
    this.marks = [];
    this.onMarks = () => {};
    this.marking = new Marking({ isOpen, onMark: (mark) => { this.marks.push(mark); this.repaint(); this.onMarks(); } });
  }

  get isEmpty() { return this.cells.size === 0; }

  clear() { this.box.replaceChildren(); this.cells.clear(); this.marks = []; this.last = 0; }

  cell(turn, side) { return this.cells.get(`${turn}${side}`); }

  append(turn, prompt) {
    this.last = Math.max(this.last, turn);
    const single = this.state.sides.length === 1 ? " single" : "";
    this.box.append(make("article", { class: "turn" },
      make("p", { class: "asked" }, make("small", {}, t("battle.asked")), prompt),
      make("div", { class: `pair${single}` }, this.state.sides.map((side) => this.side(turn, side)))));
  }

  side(turn, side) {
    const name = side.toUpperCase();
    const id = `answer-${turn}-${side}`;
    const text = make("div", { class: "text raw", tabindex: 0, role: "group", "aria-labelledby": id, "data-side": side, "data-turn": turn });
    const said = make("span", { class: "said" });
    const notes = make("div");
    const buttons = ["good", "bad"].map((verdict) => make("button", {
      type: "button", "aria-pressed": "false", "aria-label": `${t("battle.answer", { side: name })}: ${t(verdict === "good" ? "battle.like" : "battle.dislike")}`,
      onclick: () => attempt(() => this.react(turn, side, verdict)),
    }, verdict === "good" ? "＋" : "－"));
    const footer = make("footer", { role: "group", "aria-label": t("battle.reactions", { side: name }), hidden: true }, buttons);
    const model = this.state.models?.[side];
    const title = make("h2", { id }, make("span", { class: "letter", "aria-hidden": "true" }, name), model ? make("bdi", {}, model) : t("battle.answer", { side: name }));
    this.cells.set(`${turn}${side}`, { text, said, notes, footer, buttons, raw: "", html: "" });
    return make("section", { class: `answer is-${side}`, "aria-labelledby": id }, make("header", {}, title, said), text, notes, footer);
  }

  fill(found) {
    if (this.cells.size !== found.turns.length * found.sides.length) {
      const marks = this.marks;
      this.clear();
      this.marks = marks;
      for (const { turn, prompt } of found.turns) this.append(turn, prompt);
    }
    for (const { turn, sides, writing } of found.turns) {
      for (const [side, { state, text, html, reaction }] of Object.entries(sides)) {
        if (writing) { this.waiting(turn, [side]); continue; }
        const cell = this.cell(turn, side);
        Object.assign(cell, { raw: text, html });
        cell.text.classList.toggle("raw", Boolean(text) && !html);
        if (text && !html) cell.text.textContent = text;
        cell.text.removeAttribute("aria-busy");
        cell.said.replaceChildren();
        cell.notes.replaceChildren();
        if (state === "failed") this.failed(turn, side, true);
        cell.footer.hidden = !this.isOpenNow(found) || state === "failed";
        for (const [at, verdict] of ["good", "bad"].entries()) cell.buttons[at].setAttribute("aria-pressed", String(verdict === reaction));
      }
    }
    this.repaint();
  }

  close() { for (const { footer } of this.cells.values()) footer.hidden = true; }

  isOpenNow(found) { return found.state === "open"; }

  waiting(turn, sides) {
    for (const side of sides) {
      const cell = this.cell(turn, side);
      Object.assign(cell, { raw: "", html: "" });
      cell.text.replaceChildren();
      cell.text.classList.add("raw");
      cell.text.setAttribute("aria-busy", "true");
      cell.notes.replaceChildren();
      cell.footer.hidden = true;
      cell.said.replaceChildren(make("span", { class: "dots", "aria-hidden": "true" }, make("span"), make("span"), make("span")), t("battle.writing"));
    }
  }

  restart(turn) { this.waiting(turn, this.state.sides); }

  add(turn, { side, text }) {
    const cell = this.cell(turn, side);
    if (cell) { cell.raw += text; cell.text.textContent = cell.raw; }
  }

  ended(turn, { side, state }) { if (state === "failed") this.failed(turn, side, false); }

  failed(turn, side, canRetry) {
    const cell = this.cell(turn, side);
    cell.said.replaceChildren();
    const retry = canRetry && turn === this.last && this.isOpen
      ? make("button", { type: "button", onclick: () => this.onRetry(side) }, t("battle.retry")) : null;
    cell.notes.replaceChildren(make("p", { class: "failed" }, t(canRetry ? "battle.failed_vote" : "battle.failed"), retry));
  }

  repaint() {
    for (const [key, cell] of this.cells) {
      if (!cell.html && !cell.raw) continue;
      const [turn, side] = [Number(key.slice(0, -1)), key.slice(-1)];
      if (!cell.text.classList.contains("raw")) paint(cell.text, cell.html, this.marks.filter((mark) => mark.turn === turn && mark.side === side));
    }
  }

  focus(side) { this.cell(this.last, side)?.text.focus(); }

  async react(turn, side, verdict) {
    const { buttons } = this.cell(turn, side);
    const pressed = buttons[verdict === "good" ? 0 : 1];
    const isOn = pressed.getAttribute("aria-pressed") !== "true";
    await call("POST", `/api/battles/${this.state.battle}/reactions`, { turn, side, verdict: isOn ? verdict : null });
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed && isOn));
  }
}
