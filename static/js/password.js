// An eye on every password field, to read what was typed before it is sent. The words come from <html lang>.
"use strict";

const WORDS = {
  vi: { show: "Hiện mật khẩu", hide: "Ẩn mật khẩu" },
  en: { show: "Show password", hide: "Hide password" },
};

function addEye(field, words) {
  const box = document.createElement("div");
  const eye = document.createElement("button");
  const icon = document.createElement("i");
  box.className = "k-password";
  eye.className = "k-eye";
  eye.type = "button";
  icon.setAttribute("aria-hidden", "true");
  eye.append(icon);
  field.replaceWith(box);
  box.append(field, eye);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    icon.className = shown ? "ti ti-eye-off" : "ti ti-eye";
    eye.setAttribute("aria-label", shown ? words.hide : words.show);
  };
  eye.addEventListener("click", () => show(field.type === "password"));
  field.form?.addEventListener("submit", () => show(false));
  show(false);
}

for (const field of document.querySelectorAll("input[type=password]")) {
  const hadFocus = field === document.activeElement;
  addEye(field, WORDS[document.documentElement.lang] ?? WORDS.vi);
  if (hadFocus) field.focus();
}
