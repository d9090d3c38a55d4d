"use strict";
(() => {
  const LEVELS = ["error", "warning", "note"];
  const PRINTED = 2000; // rows laid out for paper; more would stall the browser
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  // A row as it stands in the data: numbers are indexes, -1 is nothing.
  const [LEVEL, DOUBT, RULE, DOCUMENT, PART, PLACE, LINE, BEFORE, TEXT, AFTER, INSTEAD, OTHERS, WHY, BASIS, SILENT, KNOWN] =
    Array(16).keys();
  const rows = data.rows;
  const at = (id) => document.getElementById(id);
  const word = (index) => (index < 0 ? "" : words[index]);

  const theme = at("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const label = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.hidden = false;
  theme.addEventListener("click", () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; label(); });
  dark.addEventListener("change", label);
  label();

  if (!rows.length) return;
  at("findings-card").hidden = false;

  const view = { search: "", levels: new Set([0, 1, 2]), rule: "", document: "", part: "", silent: false, sort: "severity", down: false, page: 0, size: 50 };
  const order = rows.map((_, index) => index);
  const haystacks = new Array(rows.length);
  let shown = order;
  const live = rows.some((row) => row[SILENT] < 0 || row[KNOWN]);

  const haystack = (index) => {
    if (haystacks[index] === undefined) {
      const row = rows[index];
      haystacks[index] = [
        row[BEFORE] + row[TEXT] + row[AFTER], word(row[INSTEAD]), word(row[OTHERS]), word(row[WHY]), word(row[BASIS]),
        data.documents[row[DOCUMENT]], data.rules[row[RULE]], word(row[PLACE]),
      ].join("\n").toLowerCase();
    }
    return haystacks[index];
  };

  const matches = (row) =>
    view.levels.has(row[LEVEL]) &&
    (view.silent || row[SILENT] < 0 || row[KNOWN]) &&
    (view.document === "" || row[DOCUMENT] === Number(view.document)) &&
    (view.part === "" || row[PART] === Number(view.part)) &&
    (view.rule === "" || (view.rule[0] === "f" ? data.rules[row[RULE]].startsWith(view.rule.slice(2) + "-") : row[RULE] === Number(view.rule)));

  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  const KEYS = {
    severity: null, // the order of the data: worst first
    document: (row) => data.documents[row[DOCUMENT]],
    text: (row) => row[TEXT],
    replacement: (row) => word(row[INSTEAD]),
    rule: (row) => data.rules[row[RULE]],
  };

  const select = () => {
    const needles = view.search.toLowerCase().split(/\s+/).filter(Boolean);
    shown = order.filter((index) => matches(rows[index]) && needles.every((needle) => haystack(index).includes(needle)));
    const key = KEYS[view.sort];
    if (key) {
      const ranks = new Map([...new Set(shown.map((index) => key(rows[index])))].sort(compare).map((text, rank) => [text, rank]));
      shown.sort((one, other) => ranks.get(key(rows[one])) - ranks.get(key(rows[other])) || one - other);
    }
    if (view.down) shown.reverse();
  };

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // A path with its name to the fore; a line of it may end behind each of its pieces.
  const path = (text) => {
    const element = make("div", "break");
    const folder = make("span", "quiet");
    const end = text.lastIndexOf("/") + 1;
    for (const [parent, part] of [[folder, text.slice(0, end)], [element, text.slice(end)]]) {
      for (const piece of part.split(/(?<=[/_])/)) parent.append(piece, make("wbr"));
    }
    element.prepend(folder);
    return element;
  };

  const line = (row) => {
    const tr = make("tr");
    const severity = make("td");
    severity.append(make("span", "chip " + LEVELS[row[LEVEL]], LEVELS[row[LEVEL]]));
    if (row[DOUBT]) severity.append(make("div", "small quiet", ["", "likely", "possible"][row[DOUBT]]));
    if (row[SILENT] >= 0) severity.append(make("div", "small quiet", row[KNOWN] ? "known (baseline)" : "suppressed"));
    const place = make("td");
    place.append(path(data.documents[row[DOCUMENT]]));
    place.append(make("div", "small quiet break", word(row[PLACE]) + (row[LINE] ? ", line " + row[LINE] : "")));
    const text = make("td");
    const sentence = make("div", "sentence");
    sentence.append(row[BEFORE], make("mark", "", row[TEXT]), row[AFTER]);
    text.append(sentence, make("div", "why", word(row[WHY])));
    if (row[SILENT] >= 0) text.append(make("div", "why", word(row[SILENT])));
    const instead = make("td");
    instead.append(make("div", "instead", word(row[INSTEAD]) || "—"));
    if (row[OTHERS] >= 0) instead.append(make("div", "small break", "or: " + word(row[OTHERS])));
    if (row[BASIS] >= 0) instead.append(make("div", "why", word(row[BASIS])));
    const rule = make("td");
    rule.append(make("code", "", data.rules[row[RULE]]));
    tr.append(severity, place, text, instead, rule);
    return tr;
  };

  const number = (value) => value.toLocaleString("en-US");
  const lay = (from, to) => at("rows").replaceChildren(...shown.slice(from, to).map((index) => line(rows[index])));

  const draw = () => {
    const pages = Math.max(1, Math.ceil(shown.length / view.size));
    view.page = Math.min(view.page, pages - 1);
    const from = view.page * view.size;
    const to = Math.min(shown.length, from + view.size);
    lay(from, to);
    at("empty").hidden = shown.length > 0;
    at("empty").textContent = live ? "No finding matches these filters." : "No finding is open. Those that are suppressed can be shown too.";
    at("findings-table").hidden = shown.length === 0;
    at("previous").disabled = view.page === 0;
    at("next").disabled = view.page >= pages - 1;
    at("count").textContent = shown.length
      ? "Findings " + number(from + 1) + " to " + number(to) + " of " + number(shown.length)
      : "No finding matches";
    for (const th of document.querySelectorAll("th[data-sort]")) {
      if (th.dataset.sort === view.sort) th.setAttribute("aria-sort", view.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    }
  };

  const update = (changes) => {
    Object.assign(view, { page: 0 }, changes);
    select();
    draw();
  };

  const option = (value, text) => {
    const element = make("option", "", text);
    element.value = value;
    return element;
  };
  const used = (column) => [...new Set(rows.map((row) => row[column]))];
  const byName = (names) => (one, other) => compare(names[one], names[other]);
  for (const index of used(DOCUMENT).sort(byName(data.documents))) at("document").append(option(index, data.documents[index]));
  for (const index of used(PART).sort(byName(data.parts))) at("part").append(option(index, data.parts[index]));
  const groups = new Map();
  for (const index of used(RULE).sort(byName(data.rules))) {
    const family = data.rules[index].split("-")[0];
    if (!groups.has(family)) {
      const group = make("optgroup");
      group.label = data.families[family] || family;
      group.append(option("f:" + family, "All: " + group.label.toLowerCase()));
      groups.set(family, group);
      at("rule").append(group);
    }
    groups.get(family).append(option(index, data.rules[index]));
  }

  let typing = 0;
  at("search").addEventListener("input", (event) => {
    clearTimeout(typing);
    typing = setTimeout(() => update({ search: event.target.value }), 120);
  });
  for (const name of ["rule", "document", "part"]) at(name).addEventListener("change", (event) => update({ [name]: event.target.value }));
  if (at("silent")) at("silent").addEventListener("change", (event) => update({ silent: event.target.checked }));
  const levels = [...document.querySelectorAll("button[data-level]")];
  const press = (button, on) => {
    button.setAttribute("aria-pressed", String(on));
    if (on) view.levels.add(Number(button.dataset.level));
    else view.levels.delete(Number(button.dataset.level));
  };
  for (const button of levels) button.addEventListener("click", () => {
    press(button, button.getAttribute("aria-pressed") !== "true");
    update({});
  });
  for (const th of document.querySelectorAll("th[data-sort]")) th.firstElementChild.addEventListener("click", () => {
    const sort = th.dataset.sort;
    update({ sort, down: view.sort === sort ? !view.down : false });
  });
  const clear = () => {
    for (const name of ["search", "rule", "document", "part"]) at(name).value = "";
    if (at("silent")) at("silent").checked = false;
    for (const button of levels) press(button, true);
    Object.assign(view, { search: "", rule: "", document: "", part: "", silent: false });
  };
  at("reset").addEventListener("click", () => { clear(); update({ sort: "severity", down: false }); });
  at("size").addEventListener("change", (event) => update({ size: Number(event.target.value) }));
  const turn = (step) => { view.page += step; draw(); at("findings").scrollIntoView(); };
  at("previous").addEventListener("click", () => turn(-1));
  at("next").addEventListener("click", () => turn(1));

  // The names in charts and lists lead to the findings behind them.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-document], a[data-family]");
    if (!link) return;
    clear();
    const { document: chosen, family } = link.dataset;
    at("document").value = chosen === undefined ? "" : chosen;
    at("rule").value = family === undefined ? "" : "f:" + family;
    update({ document: at("document").value, rule: at("rule").value });
  });

  // Paper does not show the fields of the filters: it says in words that they left something out.
  const chosen = () => {
    const picked = ["rule", "document", "part"].filter((name) => view[name] !== "");
    const told = picked.map((name) => name + " " + at(name).selectedOptions[0].textContent);
    if (view.levels.size < LEVELS.length) told.unshift("severity " + ([...view.levels].sort().map((level) => LEVELS[level]).join(", ") || "none"));
    if (view.search.trim()) told.push("search “" + view.search.trim() + "”");
    return told.length ? "; only " + told.join("; ") : "";
  };

  addEventListener("beforeprint", () => {
    lay(0, PRINTED);
    const to = Math.min(PRINTED, shown.length);
    at("count").textContent = (to ? "Findings 1 to " + number(to) + " of " + number(shown.length) : "No finding matches") + chosen();
  });
  addEventListener("afterprint", draw);
  update({});
})();
