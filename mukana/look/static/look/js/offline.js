// Without a network: whoever comes to look after the pages is registered here, and a form that
// could not be sent says so above the page, which keeps everything typed.
const words = document.getElementById("verkoton");
const helper = navigator.serviceWorker;

if (words && helper && isSecureContext) {
  helper.register(words.dataset.worker).catch(() => {});
  helper.addEventListener("message", (event) => event.data === "offline" && tell());
}

function tell() {
  document.querySelector("[data-offline]")?.remove();
  const box = document.createElement("div");
  box.dataset.offline = "";
  box.className = "mb-4";
  box.tabIndex = -1;
  document.getElementById("sisalto").prepend(box);
  box.append(words.content.cloneNode(true));
  box.focus();
  dispatchEvent(new Event("unsent"));
}
