// For pages of other sites: makes each frame of Mukana as high as its list. Reads nothing of the page.
(() => {
  const home = new URL(document.currentScript.src).origin;
  addEventListener("message", (event) => {
    const height = event.data && event.data.mukanaHeight;
    if (event.origin !== home || !Number.isFinite(height)) return;
    for (const frame of document.querySelectorAll("iframe[data-mukana]")) {
      if (frame.contentWindow === event.source) frame.height = Math.min(Math.max(height, 100), 10000);
    }
  });
})();
