// In the frame: tells the page around how high the list is. Nothing else is told to anybody.
const tell = () => parent.postMessage({ mukanaHeight: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
if (parent !== window) {
  new ResizeObserver(tell).observe(document.body);
  tell();
}
