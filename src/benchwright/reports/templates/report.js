"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 25;
  const MOST_DOTS = 24;
  const byId = (id) => document.getElementById(id);
  // Every text goes through textContent: nothing that a document or a model wrote becomes markup.
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const option = (select, value, text) => {
    const item = make("option", "", text);
    item.value = value;
    select.append(item);
  };
  const distinct = (values) => [...new Set(values)].filter(Boolean).sort();
  const kindName = (kind) => data.kinds[kind] || kind;
  const offer = (id, all, values, name = (value) => value) => {
    const select = byId(id);
    option(select, "", all);
    for (const value of values) option(select, value, name(value));
    return select;
  };

  const kind = offer("f-kind", "all kinds", distinct(data.questions.map((q) => q.k)), kindName);
  const documents = offer("f-document", "all documents", distinct(data.questions.map((q) => q.d)));
  const language = offer("f-language", "all languages", distinct(data.questions.map((q) => q.l)));
  const condition = byId("f-condition");
  data.conditions.forEach((name, place) => option(condition, String(place), name));
  const isRight = (row) => row[5] !== null && row[5] >= 0.5;
  const isUngraded = (row) => row[5] === null && row[4] === "ok";
  const outcome = byId("f-outcome");
  option(outcome, "", "all questions");
  option(outcome, "differ", "models disagree");
  option(outcome, "all-wrong", "no model is right");
  option(outcome, "all-right", "every model is right");
  option(outcome, "ungraded", "an answer was not graded");
  data.models.forEach((name, place) => {
    option(outcome, `wrong ${place}`, `${name} is wrong`);
    option(outcome, `right ${place}`, `${name} is right`);
    if (data.questions.some((q) => q.r.some((row) => row[0] === place && isUngraded(row)))) {
      option(outcome, `ungraded ${place}`, `an answer of ${name} was not graded`);
    }
  });
  const search = byId("f-text");

  const under = (question, place) => question.r.filter((row) => row[1] === place);
  const hasOutcome = (rows, wanted) => {
    const graded = rows.filter((row) => row[5] !== null);
    const right = graded.filter(isRight).length;
    if (wanted === "differ") return right > 0 && right < graded.length;
    if (wanted === "all-wrong") return graded.length > 0 && right === 0;
    if (wanted === "all-right") return graded.length > 0 && right === graded.length;
    if (wanted === "ungraded") return graded.length < rows.length;
    const [how, model] = wanted.split(" ");
    if (how === "ungraded") return rows.some((row) => row[0] === Number(model) && isUngraded(row));
    return graded.some((row) => row[0] === Number(model) && isRight(row) === (how === "right"));
  };

  const haystacks = data.questions.map((q) =>
    [q.t, q.a, q.d, q.s, q.id, ...q.c].join("\n").normalize("NFKC").toLowerCase());
  const chosen = () => {
    const words = search.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    return data.questions.filter((question, place) =>
      (!kind.value || question.k === kind.value) &&
      (!documents.value || question.d === documents.value) &&
      (!language.value || question.l === language.value) &&
      words.every((word) => haystacks[place].includes(word)) &&
      (!outcome.value || hasOutcome(under(question, Number(condition.value)), outcome.value)));
  };

  // --- one question ---------------------------------------------------------------------------------------------
  const appendMarked = (parent, text, offset, spans) => {
    let at = 0;
    for (const [start, end] of spans) {
      const from = Math.max(start - offset, at);
      const to = Math.min(end - offset, text.length);
      if (to <= from) continue;
      parent.append(text.slice(at, from), make("mark", "", text.slice(from, to)));
      at = to;
    }
    parent.append(text.slice(at));
  };

  const cellsOf = (line) => {
    const cells = [];
    let from = line.indexOf("|") + 1;
    for (let i = from; i < line.length; i += 1) {
      if (line[i] === "|" && line[i - 1] !== "\\") {
        cells.push([from, line.slice(from, i)]);
        from = i + 1;
      }
    }
    return cells;
  };

  // A section path often begins with the title of its document: say it once.
  const placeOf = (title, section) => {
    const path = section === title ? "" : section.startsWith(`${title} › `) ? section.slice(title.length + 3) : section;
    return [title, path].filter(Boolean).join(" › ");
  };

  const appendSource = (parent, text, spans) => {
    let table = null;
    let isAfterHeading = false;
    let offset = 0;
    for (const line of text.split("\n")) {
      if (/^\s*\|.*\|\s*$/.test(line)) {
        if (!table) {
          table = make("table");
          parent.append(table);
        }
        if (!/^[\s|:-]+$/.test(line)) {
          const row = make("tr");
          for (const [from, cell] of cellsOf(line)) {
            const box = make("td");
            const lead = cell.length - cell.trimStart().length;
            appendMarked(box, cell.trim(), offset + from + lead, spans);
            row.append(box);
          }
          table.append(row);
        }
      } else {
        const marks = line.match(/^#{1,6} +/);
        const box = marks ? make("span", "heading") : parent;
        appendMarked(box, marks ? line.slice(marks[0].length) : line, offset + (marks ? marks[0].length : 0), spans);
        if (marks) parent.append(box);
        if (line || !(table || isAfterHeading)) parent.append("\n");
        isAfterHeading = Boolean(marks);
        table = null;
      }
      offset += line.length + 1;
    }
  };

  const answerClass = (row) => {
    if (row[5] === null) return "none";
    return row[5] >= 0.999 ? "right" : row[5] > 0 ? "part" : "wrong";
  };

  const answerCell = (rows) => {
    const cell = make("td");
    for (const row of rows) {
      const [, , repeat, text, state, value, reason] = row;
      const line = make("div", answerClass(row), data.texts[text] || "(empty)");
      const remarks = [];
      if (rows.length > 1) remarks.push(`repeat ${repeat + 1}`);
      if (state !== "ok") remarks.push(state);
      if (value === null) remarks.push("not graded");
      else if (value > 0 && value < 0.999) remarks.push(`score ${value.toFixed(2)}`);
      if (data.texts[reason] && (state !== "ok" || value === null || value < 0.999)) remarks.push(data.texts[reason]);
      cell.append(line);
      if (remarks.length) cell.append(make("small", "", remarks.join(" · ")));
    }
    return cell;
  };

  const answersTable = (question) => {
    const table = make("table", "answers");
    const head = make("tr");
    head.append(make("th", "", "Model"), ...data.conditions.map((name) => make("th", "", name)));
    const top = make("thead");
    top.append(head);
    table.append(top);
    const rows = make("tbody");
    data.models.forEach((name, place) => {
      const mine = question.r.filter((row) => row[0] === place);
      if (!mine.length) return;
      const line = make("tr");
      line.append(make("th", "", name));
      data.conditions.forEach((_, c) => line.append(answerCell(mine.filter((row) => row[1] === c))));
      rows.append(line);
    });
    table.append(rows);
    const box = make("div", "scroll");
    // What scrolls can be reached with the keyboard.
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Answers of the models");
    box.append(table);
    return box;
  };

  const fill = (body, question) => {
    if (question.c.length) {
      const list = make("ul", "choices");
      for (const choice of question.c) list.append(make("li", choice === question.a ? "key" : "", choice));
      body.append(list);
    } else {
      const accepted = question.o.length ? ` (also accepted: ${question.o.join(" · ")})` : "";
      const line = make("p", "", "Reference answer: ");
      line.append(make("strong", "", question.a), accepted);
      body.append(line);
    }
    for (const [title, section, page, context, spans] of question.x) {
      const box = make("blockquote", "source");
      const paged = page === null ? "" : `, page ${page}`;
      box.append(make("p", "from", placeOf(title, section) + paged));
      const text = make("div", "text");
      text.tabIndex = 0;
      appendSource(text, data.contexts[context], spans);
      box.append(text);
      body.append(box);
    }
    body.append(answersTable(question));
    body.append(make("small", "", `${question.f} · written by ${question.w} · id ${question.id}`));
  };

  // One mark a response, in the order of the board: who was right is seen without opening.
  const dots = (rows) => {
    const box = make("span", "dots");
    box.setAttribute("aria-hidden", "true");
    for (const row of rows) {
      const dot = make("i", answerClass(row));
      dot.title = data.models[row[0]];
      box.append(dot);
    }
    return box;
  };

  const entry = (question) => {
    const details = make("details", "q");
    details.id = `q-${question.id}`;
    const rows = under(question, Number(condition.value));
    const summary = make("summary");
    const graded = rows.filter((row) => row[5] !== null);
    const tally = make("span", "tally", `${graded.filter(isRight).length} of ${graded.length} right`);
    if (rows.length <= MOST_DOTS) tally.append(dots(rows));
    summary.append(
      make("span", "", question.t),
      make("span", "where", [kindName(question.k), placeOf(question.d, question.s)].filter(Boolean).join(" · ")),
      tally,
    );
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) {
        const body = make("div", "body");
        fill(body, question);
        details.append(body);
      }
    });
    return details;
  };

  // --- the list -------------------------------------------------------------------------------------------------
  const list = byId("list");
  const more = byId("more");
  let current = [];
  let shown = 0;
  const extend = () => {
    const next = current.slice(shown, shown + PAGE);
    list.append(...next.map(entry));
    shown += next.length;
    more.hidden = shown >= current.length;
    byId("count").textContent = `${current.length} of ${data.questions.length} questions` +
      (shown < current.length ? `, the first ${shown} shown` : "");
  };
  const refresh = () => {
    current = chosen();
    shown = 0;
    list.replaceChildren();
    extend();
  };
  const openLinked = () => {
    const id = location.hash.slice(1);
    const place = id.startsWith("q-") ? current.findIndex((q) => `q-${q.id}` === id) : -1;
    if (place < 0) return;
    while (shown <= place) extend();
    const details = byId(id);
    details.open = true;
    details.scrollIntoView();
  };

  // A cell of a heat map opens its questions; so does the count of a model's answers that were not graded.
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-target]");
    if (!cell) return;
    const [property, value, under] = JSON.parse(cell.dataset.target);
    search.value = language.value = outcome.value = "";
    kind.value = property === "kind" ? value : "";
    documents.value = property === "document" ? value : "";
    if (property === "ungraded") outcome.value = `ungraded ${data.models.indexOf(value)}`;
    condition.value = String(data.conditions.indexOf(under));
    refresh();
    byId("questions").scrollIntoView();
  });

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 120);
  });
  for (const select of [kind, documents, language, condition, outcome]) select.addEventListener("change", refresh);
  more.addEventListener("click", extend);
  addEventListener("hashchange", openLinked);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").hidden = false;
  refresh();
  openLinked();
})();
