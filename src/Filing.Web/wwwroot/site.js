// Comfort only: every page works without it.
(() => {
  "use strict";

  // A form that was sent is not sent again by a second click.
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", () => setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = true;
    }));
  }
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-once] button")) button.disabled = false;
  });

  // What is typed is kept two seconds after the last key, and once more when the page is left.
  for (const form of document.querySelectorAll("form[data-keep]")) keep(form);

  function keep(form) {
    const note = form.querySelector(".kept");
    const revision = form.elements.namedItem("Revision");
    const address = form.action + "?handler=Save";
    let timer, changed = false, stopped = false;
    const save = async leaving => {
      clearTimeout(timer);
      if (!changed || stopped) return;
      changed = false;
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      try {
        const answer = await fetch(address, { method: "POST", body, keepalive: leaving });
        const type = answer.headers.get("content-type") || "";
        if (answer.redirected || !type.includes("json")) {
          stopped = true;
          say("登录已过期，自动暂存已停止。请照常点“暂存”或继续办理：登录后所填内容都会带回来。", true);
          return;
        }
        const told = await answer.json();
        if (answer.ok) {
          if (revision) revision.value = told.revision;
          say("已自动暂存 " + new Date().toTimeString().slice(0, 5));
        } else {
          stopped = answer.status === 409;
          say(told.message || "没有暂存。", true);
        }
      } catch {
        changed = true;
        say("网络中断，尚未暂存；恢复后会再试。", true);
        timer = setTimeout(save, 10000);
      }
    };
    const say = (text, bad) => {
      if (!note) return;
      note.textContent = text;
      note.classList.toggle("error", !!bad);
    };
    form.addEventListener("input", () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(save, 2000);
    });
    form.addEventListener("submit", () => { changed = false; clearTimeout(timer); });
    addEventListener("pagehide", () => save(true));
  }

  // A date can be picked as well as typed.
  for (const field of document.querySelectorAll("input.date")) {
    const picker = document.createElement("input");
    picker.type = "date";
    picker.tabIndex = -1;
    picker.className = "picker";
    picker.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pick";
    button.textContent = "选日期";
    button.addEventListener("click", () => {
      if (/^\d{4}-\d{2}-\d{2}$/.test(field.value)) picker.value = field.value;
      picker.showPicker?.();
    });
    picker.addEventListener("change", () => {
      field.value = picker.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    field.after(button, picker);
  }

  // What is chosen beside a form goes into it without a way to the server and back.
  for (const button of document.querySelectorAll("button[data-fill]")) {
    button.addEventListener("click", event => {
      const field = document.getElementById(button.dataset.fill);
      const then = document.getElementById(button.dataset.then);
      if (!field || !then) return;
      event.preventDefault();
      for (const other of document.querySelectorAll(".clause.chosen")) other.classList.remove("chosen");
      button.closest(".clause")?.classList.add("chosen");
      field.value = button.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      then.focus();
    });
  }

  // Printing needs a script; without one the browser's own menu serves.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // A table that is wider than a telephone scrolls by keyboard too.
  const reach = () => {
    for (const table of document.querySelectorAll("main table")) {
      if (table.scrollWidth > table.clientWidth + 1) table.tabIndex = 0;
      else table.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reach);
  reach();

  // A picture that fills a telephone several times over is opened by whoever wants it.
  if (matchMedia("(max-width: 900px)").matches) {
    for (const picture of document.querySelectorAll("details[data-wide]")) picture.open = false;
  }

  // What went wrong is read out and seen first.
  document.querySelector(".errors")?.focus();
})();
