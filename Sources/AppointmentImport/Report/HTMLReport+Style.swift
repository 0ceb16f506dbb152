/// What the page looks like, and what a script adds where it may run. The policy allows these two texts and nothing
/// else, by their SHA-256: whoever changes one puts its new hash below (the test of the page prints it).
extension HTMLReport {
    static let styleHash = "+e5tDqLDDK7P3ZfBuUwFwNBF77yAKc8O36uNqZ6P5/w="
    static let scriptHash = "/pcwoaDZEBEpsFS29TCtIcIs5mba+RoL82M0CcHGSvE="

    static let policy =
        "default-src 'none'; style-src 'sha256-\(styleHash)'; script-src 'sha256-\(scriptHash)'; base-uri 'none'; form-action 'none'"

    static let style = """

        :root { color-scheme: light dark; --ink: #1c2024; --soft: #5c656f; --line: #c9ced6; --page: #fff;
          --good: #1a7f37; --done: #57a773; --bad: #b42318; --doubt: #8a2be2; --careful: #9a6700; --plain: #6e7781; --visit: #2f6fb7; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #9aa4ae; --line: #3a424b; --page: #14181c;
          --good: #3fb950; --done: #2f8f46; --bad: #ff7b72; --doubt: #c493ff; --careful: #d29922; --plain: #8b949e; --visit: #6cb0ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
        main { max-width: 1400px; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
        p { margin: .25rem 0; } .note { color: var(--soft); } a { color: var(--visit); }
        table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
        caption { text-align: left; color: var(--soft); padding: .25rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; } .number { text-align: right; } .notes { white-space: pre-wrap; } em { color: var(--soft); } code { font: inherit; white-space: nowrap; }
        td.created, h3.created { color: var(--good); } td.already_created { color: var(--good); }
        td.invalid, h3.invalid, .bad { color: var(--bad); } td.refused, h3.refused { color: var(--careful); }
        td.in_doubt, h3.in_doubt { color: var(--doubt); } td.pending, h3.pending { color: var(--soft); }
        svg { display: block; max-width: 100%; } svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
        svg .created { fill: var(--good); } svg .already_created { fill: var(--done); } svg .duplicate { fill: var(--line); }
        svg .skipped { fill: var(--plain); } svg .invalid { fill: var(--bad); } svg .refused { fill: var(--careful); }
        svg .in_doubt { fill: var(--doubt); } svg .pending { fill: var(--soft); } svg .visit { fill: var(--visit); }
        svg .overlap { stroke: var(--bad); stroke-width: 2; } svg .line { stroke: var(--line); fill: none; }
        svg .head, svg .mark, svg .count { text-anchor: middle; } svg .end { text-anchor: end; } svg .mark { fill: var(--page); font-weight: 700; }
        .bar { width: 100%; height: 28px; } .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: .5rem 0; }
        .legend svg { display: inline-block; width: 12px; height: 12px; }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(360px, 100%), 1fr)); gap: 1rem; } .schedule { width: 100%; max-width: 640px; } .posts { width: 100%; max-width: 440px; }
        details { margin: .25rem 0; } summary { cursor: pointer; } ul { margin: .25rem 0; padding-left: 1.25rem; }
        pre { white-space: pre-wrap; font: 12px/1.4 ui-monospace, monospace; tab-size: 4; margin: 0; content-visibility: auto; contain-intrinsic-height: auto 8000px; }
        .tools { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
        .tools input, .tools select, .tools button { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 4px; padding: .25rem .5rem; max-width: 100%; }
        .tools option { color: #1c2024; background: #fff; }
        th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: left; }
        th[aria-sort=ascending] button::after { content: " ▲"; } th[aria-sort=descending] button::after { content: " ▼"; }
        #rows { font-size: 13px; } #rows th, #rows td { padding: .25rem .35rem; min-width: 3em; }
        #rows :is(th, td):is(:nth-child(2), :nth-child(5), :nth-child(6), :nth-child(12)) { min-width: 6em; } #rows :is(th, td):is(:nth-child(3), :nth-child(4), :nth-child(7)) { min-width: 5.2em; }
        #rows :is(th, td):is(:nth-child(10), :nth-child(11)) { min-width: 8em; } #rows th { white-space: nowrap; } #rows :is(th, td):nth-child(2) { min-width: 9em; } #rows :is(th, td):nth-child(12) { min-width: 8.6em; } #rows td:nth-child(9) { min-width: 7.2em; }
        @media screen and (max-width: 1000px) {
          .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; width: auto; } .stack caption { display: block; }
          .stack tr { border-bottom: 2px solid var(--line); padding: .25rem 0; } .stack td, .stack th { border: 0; padding: .05rem 0; text-align: left; }
          #rows td { padding: .05rem 0; } .stack td:empty { display: none; } .stack td::before { color: var(--soft); } td[data-label]::before { content: attr(data-label) ": "; }
          #rows td:nth-child(1)::before { content: "ID "; } #rows td:nth-child(4)::before { content: "Customer "; } #rows td:nth-child(5)::before { content: "from "; }
          #rows td:nth-child(6)::before { content: "to "; } #rows td:nth-child(8)::before { content: "Tech "; } #rows td:nth-child(9)::before { content: "Detail "; }
          #rows td:nth-child(10)::before { content: "Notes "; } #rows td:nth-child(11)::before { content: "Why "; }
        }
        @media print {
          @page { size: landscape; margin: 12mm; }
          :root { --ink: #000; --soft: #444; --line: #999; --page: #fff; --good: #1a7f37; --bad: #b42318; --doubt: #6a1fb0; --careful: #7a5200; --visit: #2f6fb7; }
          body { font-size: 9pt; } #rows { font-size: 7pt; } main { max-width: none; padding: 0; } .tools { display: none; }
          thead { display: table-header-group; } tr, svg, h2, h3 { break-inside: avoid; } h2, h3 { break-after: avoid; }
          #rows th, #rows td { padding: .1rem .25rem; } #rows :is(th, td):is(:nth-child(1), :nth-child(3), :nth-child(4), :nth-child(7), :nth-child(8)) { min-width: 0; white-space: nowrap; }
          #rows td:nth-child(12) { min-width: 11em; } #rows th button { display: contents; } summary { break-after: avoid; }
          th, td { padding: .1rem .25rem; } ::details-content { content-visibility: visible; display: block; } pre { font-size: 7pt; content-visibility: visible; }
        }

        """

    static let script = """

        (() => {
          "use strict";
          const table = document.getElementById("rows");
          if (!table) return;
          const body = table.tBodies[0], page = 100;
          const texts = [...document.querySelectorAll("#all pre")];
          const head = [...table.tHead.rows[0].cells];
          const make = (name, text) => { const e = document.createElement(name); if (text) e.textContent = text; return e; };
          // A page of many rows has them as lines, which are taken apart where they are looked at.
          const lines = texts.flatMap(t => t.textContent.split("\\n").filter(l => l));
          const rows = texts.length ? [] : [...body.rows];
          const data = rows.map(r => [...r.cells].map(c => c.textContent));
          const size = texts.length ? page : rows.length, total = lines.length || rows.length;
          // The mark behind a text that runs from right to left is none of it.
          const cells = i => texts.length ? lines[i].split("\\t").map(t => t.replace(/\\u200e$/, "")) : data[i];
          const state = i => texts.length ? lines[i].split("\\t", 3)[2] : data[i][2];
          const element = i => {
            if (rows[i]) return rows[i];
            const row = make("tr");
            cells(i).forEach((text, c) => {
              const cell = make("td", text);
              if (c === 2) cell.className = text.replaceAll(" ", "_");
              if (c === 9) cell.className = "notes";
              row.append(cell);
            });
            return row;
          };
          let low = null;
          const lower = i => (low ??= texts.length ? lines.map(l => l.toLowerCase()) : data.map(r => r.join("\\n").toLowerCase()))[i];
          const order = new Intl.Collator(undefined, { numeric: true });
          const count = n => n.toLocaleString("en");
          const day = t => t.replace(/^(\\d+)\\/(\\d+)\\/(\\d+)/, "$3/$1/$2");
          const all = Array.from({ length: total }, (_, i) => i);
          let shown = all, at = 0, by = -1, down = false;
          const tools = make("div"); tools.className = "tools";
          const find = make("input"); find.type = "search"; find.placeholder = "Filter"; find.setAttribute("aria-label", "Filter the rows");
          const states = make("select"); states.setAttribute("aria-label", "State");
          states.append(make("option", "every state"));
          [...new Set(all.map(state))].sort().forEach(s => states.append(make("option", s)));
          const back = make("button", "Previous"), next = make("button", "Next"), where = make("span");
          where.setAttribute("role", "status");
          tools.append(find, states, back, next, where);
          table.before(tools);
          const draw = () => {
            at = Math.max(0, Math.min(at, Math.floor(Math.max(0, shown.length - 1) / size) * size));
            // What stands there already is not laid out again.
            if (texts.length || shown !== all || body.rows.length < total) body.replaceChildren(...shown.slice(at, at + size).map(element));
            back.hidden = next.hidden = shown.length <= size;
            back.disabled = at === 0; next.disabled = at + size >= shown.length;
            where.textContent = shown.length ? count(at + 1) + "–" + count(Math.min(shown.length, at + size)) + " of " + count(shown.length) : "no row";
          };
          const choose = () => {
            const word = find.value.toLowerCase(), wanted = states.selectedIndex ? states.value : "";
            shown = all.filter(i => (!word || lower(i).includes(word)) && (!wanted || state(i) === wanted));
            if (by >= 0) {
              const key = new Map(shown.map(i => [i, by === 4 || by === 5 ? day(cells(i)[by] || "") : cells(i)[by] || ""]));
              shown.sort((a, b) => order.compare(key.get(a), key.get(b)) * (down ? -1 : 1) || a - b);
            }
            at = 0; draw();
          };
          head.forEach((cell, c) => {
            const button = make("button", cell.textContent); button.type = "button";
            button.addEventListener("click", () => {
              down = by === c && !down; by = c;
              head.forEach(h => h.removeAttribute("aria-sort"));
              cell.setAttribute("aria-sort", down ? "descending" : "ascending");
              choose();
            });
            cell.replaceChildren(button);
          });
          find.addEventListener("input", choose); states.addEventListener("change", choose);
          back.addEventListener("click", () => { at -= page; draw(); }); next.addEventListener("click", () => { at += page; draw(); });
          if (texts.length) table.caption.textContent = count(total) + " rows";
          draw();
        })();

        """
}
