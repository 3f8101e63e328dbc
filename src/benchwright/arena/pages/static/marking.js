// Marks on exact characters of an answer: by selecting with the mouse or a finger, or from sentence to sentence by keyboard.

import { byId, make, say, t } from "./page.js";

const letters = (text) => Array.from(text).length;

/** Where a point of the page lies in the answer's source, in code points; the nearest run of text where it lies in none. */
function placeOf(text, node, offset, isEnd) {
  const runs = [...text.querySelectorAll("[data-at]")];
  let nearest = null;
  for (const run of runs) {
    const range = document.createRange();
    range.selectNodeContents(run);
    const where = range.comparePoint(node, offset);
    const at = Number(run.dataset.at);
    if (where === 0) {
      range.setEnd(node, offset);
      return at + letters(range.toString());
    }
    if (where > 0) nearest = at + letters(run.textContent);
    else if (!isEnd) return at;
    else break;
  }
  return nearest;
}

/** The runs of text between two places of the source, as ranges of the page. */
function rangesOf(text, start, end) {
  const found = [];
  for (const run of text.querySelectorAll("[data-at]")) {
    const at = Number(run.dataset.at);
    const all = Array.from(run.textContent);
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, all.length);
    if (from >= to) continue;
    const units = (count) => all.slice(0, count).join("").length;
    let [first, last] = [units(from), units(to)];
    const walker = document.createTreeWalker(run, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const size = node.data.length;
      if (first < size && last > 0) {
        const range = document.createRange();
        range.setStart(node, Math.max(first, 0));
        range.setEnd(node, Math.min(last, size));
        found.push(range);
      }
      first -= size;
      last -= size;
    }
  }
  return found;
}

export function paint(text, html, marks) {
  text.innerHTML = html;
  for (const mark of marks) {
    for (const range of rangesOf(text, mark.start, mark.end)) {
      const shown = make("mark", { class: mark.verdict, title: mark.word || t(`marks.${mark.verdict}`) });
      range.surroundContents(shown);
    }
  }
}

/** Sentences of an answer as pairs of places in its source. */
function sentencesOf(text) {
  const found = [];
  const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" });
  for (const run of text.querySelectorAll("[data-at]")) {
    const at = Number(run.dataset.at);
    let offset = 0;
    for (const { segment } of segmenter.segment(run.textContent)) {
      const size = letters(segment.trimEnd());
      if (segment.trim()) found.push([at + offset, at + offset + size]);
      offset += letters(segment);
    }
  }
  return found;
}

export class Marking {
  constructor({ isOpen, onMark }) {
    this.isOpen = isOpen;
    this.onMark = onMark;
    this.pending = null;
    this.box = byId("marker");
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.look(), 160);
    });
    for (const button of this.box.querySelectorAll("button")) {
      // Pressing a button must not end the selection that it is about.
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => this.finish(button.dataset.verdict));
    }
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); this.finish(""); }
      if (event.key === "Enter" && event.target.id === "marker-word") { event.preventDefault(); this.box.querySelector(".good").focus(); }
    });
  }

  look() {
    if (this.box.contains(document.activeElement)) return;
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const from = range?.commonAncestorContainer;
    const text = (from?.nodeType === 1 ? from : from?.parentElement)?.closest?.(".answer .text");
    if (!text || selection.isCollapsed || !selection.toString().trim() || !this.isOpen()) return this.hide();
    const start = placeOf(text, range.startContainer, range.startOffset, false);
    const end = placeOf(text, range.endContainer, range.endOffset, true);
    if (start === null || end === null || start >= end) return this.hide();
    this.pending = { side: text.dataset.side, turn: Number(text.dataset.turn), start, end, quote: selection.toString().trim() };
    this.text = text;
    byId("marker-quote").textContent = this.pending.quote;
    this.box.hidden = false;
  }

  hide() {
    this.box.hidden = true;
    this.pending = null;
  }

  finish(verdict) {
    const pending = this.pending;
    const word = byId("marker-word").value.trim();
    byId("marker-word").value = "";
    const text = this.text;
    this.hide();
    getSelection().removeAllRanges();
    if (pending && verdict) {
      this.onMark({ ...pending, verdict, word });
      say(t("marks.added"));
    }
    text?.focus({ preventScroll: true });
  }

  /** Arrow keys inside an answer: the next sentence, or with Shift one sentence more; returns whether the key was used. */
  key(event) {
    const text = event.target.closest?.(".answer .text");
    if (!text || !this.isOpen() || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      this.move(text, event.key === "ArrowRight" ? 1 : -1, event.shiftKey);
      return true;
    }
    const verdict = { g: "good", x: "bad" }[event.key.toLowerCase()];
    if (verdict) { this.look(); }
    if (verdict && this.pending) { this.finish(verdict); return true; }
    return false;
  }

  move(text, step, extends_) {
    const sentences = sentencesOf(text);
    if (!sentences.length) return;
    if (this.walked !== text) { this.walked = text; this.first = this.last = step > 0 ? -1 : sentences.length; }
    const clamp = (at) => Math.min(Math.max(at, 0), sentences.length - 1);
    if (extends_ && this.last >= 0) this.last = Math.max(clamp(this.last + step), this.first);
    else this.first = this.last = clamp((step > 0 ? this.last : this.first) + step);
    const ranges = rangesOf(text, sentences[this.first][0], sentences[this.last][1]);
    if (!ranges.length) return;
    const selection = getSelection();
    const [head, tail] = [ranges[0], ranges[ranges.length - 1]];
    selection.setBaseAndExtent(head.startContainer, head.startOffset, tail.endContainer, tail.endOffset);
    head.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    say(selection.toString());
  }
}
