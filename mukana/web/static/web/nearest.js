// Finds the nearest municipality on this very device: the position is never sent anywhere.
const button = document.querySelector("[data-nearest]");
const status = document.querySelector("[data-nearest-status]");

if (button && "geolocation" in navigator) {
  button.hidden = status.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = status.dataset.looking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => nearest(coords)?.click(),
      () => { status.textContent = status.dataset.denied; },
      { maximumAge: 600000, timeout: 15000 },
    );
  });
}

function nearest({ latitude, longitude }) {
  const narrowing = Math.cos(latitude * Math.PI / 180);
  let best = null, least = Infinity;
  for (const place of document.querySelectorAll("button[data-lat]")) {
    const lat = parseFloat(place.dataset.lat), lon = parseFloat(place.dataset.lon);
    const apart = (lat - latitude) ** 2 + ((lon - longitude) * narrowing) ** 2;
    if (apart < least) [best, least] = [place, apart];
  }
  return best;
}
