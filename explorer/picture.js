// Draws a picture in the app with the vis-network above, and tells Python what was clicked.
const THEMES = { light: "light", dark: "dark" };
// Pixels: what lines take outside of the nodes, and the lowest picture.
const AROUND = 30, LOWEST = 150;

function modeOf(element) {
  const ground = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  const probe = document.createElement("span");
  probe.style.color = ground;
  element.appendChild(probe);
  const parts = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return parts[0] * 0.3 + parts[1] * 0.6 + parts[2] * 0.1 < 128 ? THEMES.dark : THEMES.light;
}

function coloured(entry, mode) {
  const { light, dark, source, ...rest } = entry;
  const themed = { ...rest, ...(mode === THEMES.dark ? dark : light) };
  return source === undefined ? themed : { ...themed, from: source };
}

// Puts the whole picture into its frame, which is only as high as it then needs: narrower than the
// picture, it grows low, so that nothing stands beyond its edges and little is empty.
function fitted(network, stage, { nodes, height, zoom }) {
  const boxes = nodes.map((node) => network.getBoundingBox(node.id));
  const span = (from, to) =>
    Math.max(...boxes.map((box) => box[to])) - Math.min(...boxes.map((box) => box[from]));
  const scale = Math.min(zoom, stage.clientWidth / (span("left", "right") + 2 * AROUND));
  const needed = scale * (span("top", "bottom") + 2 * AROUND);
  stage.style.height = `${Math.round(Math.min(height, Math.max(LOWEST, needed)))}px`;
  network.setSize("100%", "100%");
  network.redraw();
  network.fit({ animation: false, maxZoomLevel: zoom });
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const stage = parentElement.querySelector(".stage");
  const mode = modeOf(parentElement.querySelector(".frame"));
  const drawn = JSON.stringify([data.nodes, data.edges, data.height, data.zoom, mode]);
  stage.setAttribute("aria-label", data.alt);
  for (const [name, words] of Object.entries(data.words)) {
    const button = parentElement.querySelector(`.${name}`);
    button.title = words;
    if (button.hasAttribute("aria-label")) button.setAttribute("aria-label", words);
    if (name === "whole") button.textContent = words;
  }

  if (stage.drawn !== drawn) {
    if (stage.network) stage.network.destroy();
    const nodes = new vis.DataSet(data.nodes.map((node) => coloured(node, mode)));
    const edges = new vis.DataSet(data.edges.map((edge) => coloured(edge, mode)));
    // With two fingers a picture can be drawn larger; a wheel scrolls the page.
    const zoomView = matchMedia("(pointer: coarse)").matches;
    const interaction = { ...data.options.interaction, zoomView };
    stage.network = new vis.Network(stage, { nodes, edges }, { ...data.options, interaction });
    stage.drawn = drawn;
    stage.style.height = `${data.height}px`;
    // Each line of a label runs as its first letter does, whatever the direction of the page.
    const pen = stage.querySelector("canvas").getContext("2d");
    pen.fillText = (text, ...place) => {
      pen.direction = /^[^A-Za-z\u0590-\u08ff]*[\u0590-\u08ff]/.test(text) ? "rtl" : "ltr";
      CanvasRenderingContext2D.prototype.fillText.call(pen, text, ...place);
    };
    // A press gives it the keyboard; if that moved the page, the click would hit something else.
    const keys = stage.querySelector(".vis-network");
    keys.focus = () => HTMLElement.prototype.focus.call(keys, { preventScroll: true });
    const fit = () => fitted(stage.network, stage, data);
    stage.network.once("afterDrawing", fit);
    if (stage.resized) stage.resized.disconnect();
    let width = stage.clientWidth; // alone: the height changes with each fit
    stage.resized = new ResizeObserver(() => {
      if (stage.clientWidth === width) return;
      width = stage.clientWidth;
      fit();
    });
    stage.resized.observe(stage);
    const zoom = (by) => stage.network.moveTo({ scale: stage.network.getScale() * by });
    parentElement.querySelector(".closer").onclick = () => zoom(1.5);
    parentElement.querySelector(".farther").onclick = () => zoom(1 / 1.5);
    parentElement.querySelector(".whole").onclick = fit;
    parentElement.querySelector(".image").onclick = () => {
      const canvas = stage.querySelector("canvas");
      const copy = document.createElement("canvas");
      copy.width = canvas.width;
      copy.height = canvas.height;
      const print = copy.getContext("2d");
      print.fillStyle = mode === THEMES.dark ? "#171614" : "#ffffff";
      print.fillRect(0, 0, copy.width, copy.height);
      print.drawImage(canvas, 0, 0);
      const link = document.createElement("a");
      link.download = data.file;
      link.href = copy.toDataURL("image/png");
      link.click();
    };
    // Where a node stands on the screen, for tests that click it.
    stage.placeOf = (id) => stage.network.canvasToDOM(stage.network.getPosition(id));
  }

  stage.network.off("click");
  stage.network.on("click", ({ nodes, edges }) => {
    const clicked = nodes[0] ?? edges[0] ?? null;
    if (clicked !== null) setTriggerValue("clicked", clicked);
  });
  const isNode = data.nodes.some((node) => node.id === data.selected);
  const isEdge = data.edges.some((edge) => edge.id === data.selected);
  stage.network.setSelection(
    { nodes: isNode ? [data.selected] : [], edges: isEdge ? [data.selected] : [] },
    { highlightEdges: isNode },
  );
}
