// Loads the page again after a build, and says so when a build found something to correct.
"use strict";
const shown = new URL(document.currentScript.src).search.slice(1);
const events = new EventSource("/~gaisan/events?" + shown);
events.addEventListener("built", () => {
  events.close();
  location.reload();
});
events.addEventListener("trouble", () => {
  let bar = document.getElementById("gaisan-trouble");
  if (bar) return;
  bar = document.createElement("p");
  bar.id = "gaisan-trouble";
  bar.setAttribute("role", "status");
  bar.textContent = "要確認：検査で問題が見つかりました。端末の表示をご覧ください。 / Something needs correcting: see the terminal.";
  bar.style.cssText = "position:fixed;inset:auto 0 0 0;margin:0;max-width:none;padding:.75rem 1rem;background:#b3261e;color:#fff;font:1rem sans-serif;z-index:9";
  document.body.append(bar);
});
