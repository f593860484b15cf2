// Uses the device's own way of sharing when there is one; otherwise the address and links stay.
const holder = document.querySelector("[data-share]");
if (holder && navigator.share) {
  holder.querySelector("summary").addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await navigator.share({ title: holder.dataset.title, url: holder.dataset.url });
    } catch (error) {
      if (error.name !== "AbortError") holder.open = true;
    }
  });
}
