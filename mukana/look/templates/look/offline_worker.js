// Steps in when the network is away. A page that cannot be fetched is answered with our own
// words; a form that cannot be sent leaves its page as it stands, with everything typed.
// Only the words and their looks are kept in the browser: no page of anybody's is.
const PAGE = "{% url "offline" %}";
const KEPT = [PAGE{% for address in kept %}, "{{ address }}"{% endfor %}];
const STORE = "verkoton";

addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(KEPT)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const asked = event.request;
  const path = new URL(asked.url).pathname;
  if (asked.mode === "navigate") event.respondWith(fetch(asked).catch(() => without(asked)));
  else if (KEPT.includes(path)) event.respondWith(fetch(asked).catch(() => caches.match(path)));
});

async function without(asked) {
  if (asked.method === "GET") return (await caches.match(PAGE)) || Response.error();
  for (const page of await clients.matchAll({ type: "window", includeUncontrolled: true })) page.postMessage("offline");
  return new Response(null, { status: 204 });
}
