// Draws the charts of a page of figures in the admin's own colours, again when those change.
(() => {
  "use strict";

  const dashes = [[], [6, 4], [2, 3]];
  const drawn = [];

  const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

  const dataset = (series, number, data) => {
    const ink = [colour("--w-color-secondary"), colour("--w-color-text-label"), colour("--w-color-text-meta")][number % 3];
    return {
      label: series.label,
      data: series.values.map((value) => (value === "" ? null : value)),
      borderColor: ink,
      backgroundColor: data.kind === "bar" && number ? "transparent" : ink,
      borderWidth: data.kind === "bar" ? 1 : 2,
      borderDash: dashes[number % 3],
      pointRadius: data.labels.length > 40 ? 0 : 2,
      spanGaps: false,
    };
  };

  const axis = (extra) => ({
    ticks: { color: colour("--w-color-text-meta"), maxRotation: 0, autoSkipPadding: 16, ...extra },
    grid: { color: colour("--w-color-border-furniture") },
  });

  const configuration = (data) => ({
    type: data.kind,
    data: {
      labels: data.labels,
      datasets: data.series.map((series, number) => dataset(series, number, data)),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: axis({}),
        y: { ...axis({ precision: 0, callback: (value) => `${value}${data.unit}` }), beginAtZero: true },
      },
      plugins: {
        legend: {
          display: data.series.length > 1,
          labels: { color: colour("--w-color-text-context"), boxHeight: 1, boxWidth: 24 },
        },
      },
    },
  });

  const draw = () => {
    while (drawn.length) drawn.pop().destroy();
    for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
      const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
      drawn.push(new Chart(canvas, configuration(data)));
    }
  };

  document.addEventListener("DOMContentLoaded", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
