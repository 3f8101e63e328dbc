// The ballot: one click that may be undone, optional reasons, and what is sent.

import { attempt, byId, make, say, t } from "./page.js";

const form = byId("ballot");
const EVEN = ["tie", "both_good", "both_bad"];
const radios = [...form.querySelectorAll("input[name=choice]")];

export class Ballot {
  constructor({ state, turns, choose }) {
    this.state = state;
    this.turns = turns;
    this.choose = choose;
    turns.onMarks = () => { this.list(); this.keep(); };
    for (const radio of radios) radio.addEventListener("change", () => { this.show(); attempt(() => choose(radio.value)); });
    byId("undo").addEventListener("click", () => this.undo());
    form.addEventListener("input", () => this.keep());
  }

  get choice() { return radios.find((radio) => radio.checked)?.value ?? ""; }

  name(choice) {
    if (this.state.sides.length === 1) return t(choice === "both_good" ? "choice.good" : "choice.bad");
    return t(`choice.${choice}`);
  }

  forSides(sides, choice, areSame) {
    const isSingle = sides.length === 1;
    for (const radio of radios) radio.parentElement.hidden = areSame && !EVEN.includes(radio.value);
    form.querySelector(".scale").hidden = isSingle;
    form.querySelector(".choices").classList.toggle("same", Boolean(areSame));
    form.querySelector("legend").textContent = t(isSingle ? "ballot.good_or_bad" : areSame ? "ballot.same" : "ballot.which");
    form.querySelector(".tags.is-b").hidden = isSingle;
    form.querySelector(".ship").hidden = isSingle || areSame;
    form.querySelector(".reasons .pair").classList.toggle("single", isSingle);
    for (const radio of radios) {
      if (radio.value.startsWith("both_")) radio.nextElementSibling.querySelector("em").textContent = isSingle ? this.nameSingle(radio.value) : t(`choice.${radio.value}`);
      if (!this.choice && choice) radio.checked = radio.value === choice;
    }
  }

  nameSingle(choice) { return t(choice === "both_good" ? "choice.good" : "choice.bad"); }

  show() {
    byId("reasons").hidden = !this.choice;
    byId("send").disabled = !this.choice;
    byId("chosen").textContent = this.choice ? t("ballot.chosen", { choice: this.name(this.choice) }) : "";
  }

  pick(place) {
    const radio = radios[place];
    if (form.hidden || !radio || radio.parentElement.hidden || (this.state.sides.length === 1 && !radio.value.startsWith("both_"))) return;
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change"));
    say(t("ballot.chosen", { choice: this.name(radio.value) }));
  }

  undo() {
    for (const radio of radios) radio.checked = false;
    this.show();
    attempt(() => this.choose(null));
    say(t("ballot.undone"));
    radios[this.state.sides.length === 1 ? 5 : 2].focus();
  }

  list() {
    byId("marks").replaceChildren(...this.turns.marks.map((mark, at) => make("li", { class: mark.verdict },
      make("b", {}, mark.side.toUpperCase()), make("q", {}, mark.quote), make("span", { class: "soft" }, mark.word || t(`marks.${mark.verdict}`)),
      make("button", { type: "button", class: "plain", "aria-label": t("marks.remove", { quote: mark.quote }), onclick: () => { this.turns.marks.splice(at, 1); this.turns.repaint(); this.list(); this.keep(); } }, "✕"))));
  }

  /** Reasons that are not sent yet outlive a reload and a restart of the server, in this tab alone. */
  keep() {
    if (!this.state.battle || this.state.isOver) return;
    const { choice, ...rest } = this.body();
    sessionStorage.setItem(`ballot ${this.state.battle}`, JSON.stringify({ ...rest, marks: this.turns.marks }));
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(`ballot ${this.state.battle}`) ?? "null");
    if (!kept || this.state.isOver) return;
    for (const [side, ticked] of Object.entries(kept.tags)) {
      for (const box of form.querySelectorAll(`input[name=tag-${side}]`)) box.checked = ticked.includes(box.value);
    }
    for (const radio of form.querySelectorAll("input[name=ship]")) radio.checked = radio.value === kept.ship;
    byId("comment").value = kept.comment;
    if (byId("task")) byId("task").value = kept.metadata.task ?? "";
    this.turns.marks = kept.marks;
    this.turns.repaint();
    this.list();
  }

  forgetDraft() { sessionStorage.removeItem(`ballot ${this.state.battle}`); }

  /** An answer that is written again takes its marks with it. */
  forget(turn) { this.turns.marks = this.turns.marks.filter((mark) => mark.turn !== turn); this.list(); this.keep(); }

  clear() { form.reset(); this.turns.marks = []; this.list(); this.show(); }

  body() {
    const ticked = (side) => [...form.querySelectorAll(`input[name=tag-${side}]:checked`)].map((box) => box.value);
    const task = byId("task")?.value.trim();
    return {
      choice: this.choice,
      tags: Object.fromEntries(this.state.sides.map((side) => [side, ticked(side)])),
      spans: this.turns.marks.map(({ side, turn, start, end, verdict, word }) => ({ side, turn, start, end, verdict, word })),
      comment: byId("comment").value.trim(),
      ship: form.querySelector("input[name=ship]:checked")?.value ?? null,
      metadata: task ? { task } : {},
    };
  }
}
