// Puts a tile map in the place of the drawn one, when the site has tiles of its own.
const box = document.querySelector("[data-map]");
if (box && window.L) {
  const { pins, origin } = JSON.parse(box.dataset.points);
  const drawn = box.firstElementChild;
  box.classList.add("live");
  drawn.remove();
  const map = L.map(box, { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, scrollWheelZoom: false });
  L.tileLayer(box.dataset.tiles, { maxZoom: 18 }).addTo(map);
  map.attributionControl.setPrefix("");
  if (box.dataset.credit) map.attributionControl.addAttribution(escaped(box.dataset.credit));
  const points = pins.map(([number, lat, lon, name, address]) => {
    const face = document.createElement("span");
    face.className = "tile-pin";
    face.textContent = number;
    const icon = L.divIcon({ html: face, className: "", iconSize: [34, 34], iconAnchor: [4, 34] });
    L.marker([lat, lon], { icon, title: `${number}: ${name}`, alt: `${number}: ${name}` }).addTo(map).on("click", () => { location.hash = address; });
    return [lat, lon];
  });
  if (origin) {
    points.push(origin);
    L.circleMarker(origin, { radius: 8, color: "#211c33", fillOpacity: 1, interactive: false }).addTo(map);
  }
  map.fitBounds(points, { padding: [40, 40], maxZoom: 14 });
}

function escaped(words) {
  const holder = document.createElement("span");
  holder.textContent = words;
  return holder.innerHTML;
}
