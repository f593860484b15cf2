// The minutes that are left, counted from when the page was made; then it asks anew and shows nothing any more.
const line = document.querySelector("[data-left]");
let shown = -1;

function tell() {
  const minutes = Math.ceil((Number(line.dataset.left) * 1000 - performance.now()) / 60000);
  if (minutes <= 0) {
    location.reload();
    return;
  }
  if (shown > minutes) line.textContent = line.textContent.replace(/\d+/, String(minutes));
  shown = minutes;
}

if (line) {
  tell();
  setInterval(tell, 5000);
}
