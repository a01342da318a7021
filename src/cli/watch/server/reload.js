// Loads the page again after a build, and shows what the build found: the report itself, and the state of each sheet.
"use strict";
const shown = new URL(document.currentScript.src).search.slice(1);
const events = new EventSource("/~gaisan/events?" + shown);
const isJapanese = document.documentElement.lang !== "en";
const words = isJapanese
  ? { waiting: "要確認", changed: "更新", gone: "対象外",
      report: "検査で問題が見つかりました。直して保存すると、この頁も変わります。",
      old: "この個票には誤りがあるため、直す前の内容を表示しています。",
      over: "この事業は要求に含まれなくなりました。以前の個票を表示しています。" }
  : { waiting: "to correct", changed: "changed", gone: "no longer requested",
      report: "Something needs correcting. Save the correction, and this page follows.",
      old: "This sheet has an error; what you see is its last state without one.",
      over: "This program is no longer in the request; what you see is its last sheet." };

events.addEventListener("built", () => {
  events.close();
  location.reload();
});

events.addEventListener("outcome", (event) => {
  const lines = event.data.split("\n");
  const end = lines.indexOf("");
  const states = new Map(lines.slice(0, end).map((line) => {
    const at = line.indexOf(" ");
    return [line.slice(at + 1).replace(/\.[a-z]+$/, ""), line.slice(0, at)];
  }));
  const report = lines.slice(end + 1).join("\n").trim();
  const here = name(location.href);
  const state = states.get(here);
  document.querySelectorAll("a[href]").forEach((link) => {
    const target = name(link.href);
    if (target !== here) mark(link, states.get(target));
    // A row has several links to one sheet; the first is marked.
    states.delete(target);
  });
  const said = state === "gone" ? words.over : state === "waiting" ? words.old : report ? words.report : "";
  if (said) show(said, report);
});

// The name of the sheet at an address; none where an author wrote what is no address.
function name(address) {
  try {
    return decodeURIComponent(new URL(address).pathname).slice(1).replace(/\.[a-z]+$/, "");
  } catch {
    return "";
  }
}

// Puts the state of a sheet behind a link to it.
function mark(link, state) {
  if (!state) return;
  const note = document.createElement("small");
  note.textContent = words[state];
  note.className = "gaisan-state";
  const color = state === "changed" ? "#0b6b3a" : "#b3261e";
  note.style.cssText = "margin-inline-start:.5em;padding:0 .4em;border-radius:.2em;color:#fff;background:" + color;
  link.after(note);
}

// Shows what is to be said at the foot of the page, with the report to be unfolded.
function show(said, report) {
  const bar = document.createElement("details");
  bar.id = "gaisan-trouble";
  bar.setAttribute("role", "status");
  bar.style.cssText = "position:fixed;inset:auto 0 0 0;margin:0;max-height:70vh;overflow:auto;padding:.75rem 1rem;background:#b3261e;color:#fff;font:1rem sans-serif;z-index:9";
  const head = document.createElement("summary");
  head.textContent = said;
  bar.append(head);
  if (report) {
    const text = document.createElement("pre");
    text.textContent = report;
    text.style.cssText = "margin:.75rem 0 0;max-width:none;padding:.75rem;background:#fff;color:#1a1a1a;white-space:pre-wrap;font:.85rem/1.5 monospace";
    bar.append(text);
    bar.open = true;
  }
  document.body.append(bar);
}
