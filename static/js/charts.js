/* Pictures of results and of figures, drawn from the JSON in the page. Each stands beside a table with the same figures, so it may be left out. */
(function () {
  "use strict";

  const source = document.getElementById("so-lieu");
  if (!source || !window.Chart) return;
  const pictures = JSON.parse(source.textContent);
  window.Chart.defaults.locale = document.documentElement.lang;

  function tone(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--k-${name}`).trim();
  }

  // A number as the page writes it, "1.234,50", or as it is counted, "1234.5".
  function read(text) {
    const plain = String(text).replace("−", "-");
    return Number(plain.includes(",") ? plain.replaceAll(".", "").replace(",", ".") : plain);
  }

  function series() {
    return [tone("mark"), tone("gold"), tone("info"), tone("ok"), tone("wait"), tone("ink-3"), tone("late"), tone("line-2")];
  }

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  function axes(more) {
    const one = { grid: { color: tone("line") }, border: { display: false }, ticks: { color: tone("ink-2"), font: { family: tone("font") } } };
    return { x: { ...one, ...more.x }, y: { ...one, ...more.y } };
  }

  function options(more) {
    return {
      animation: still ? false : { duration: 250 },
      maintainAspectRatio: false,
      responsive: true,
      ...more,
      plugins: { legend: { display: false }, tooltip: { enabled: true }, ...more.plugins },
    };
  }

  function legend() {
    return { legend: { display: true, position: "bottom", labels: { color: tone("ink"), boxWidth: 12, font: { family: tone("font") } } } };
  }

  // The gap in words at the right end of its line.
  function endLabels(words) {
    return {
      id: "endLabels",
      afterDatasetsDraw(chart) {
        const at = chart.getDatasetMeta(1).data;
        const other = chart.getDatasetMeta(2).data;
        const pen = chart.ctx;
        pen.save();
        pen.font = `600 11.5px ${tone("figures")}`;
        pen.fillStyle = tone("ink-2");
        pen.textBaseline = "middle";
        words.forEach((text, place) => {
          if (at[place]) pen.fillText(text, Math.max(at[place].x, other[place].x) + 10, at[place].y);
        });
        pen.restore();
      },
    };
  }

  const drawn = {
    gaps(data) {
      const own = data.own.map(read);
      const official = data.official.map(read);
      const every = [...own, ...official];
      const room = Math.max((Math.max(...every) - Math.min(...every)) * 0.15, 1);
      const point = (values) => values.map((value, place) => ({ x: value, y: data.labels[place] }));
      return {
        type: "bar",
        plugins: [endLabels(data.gaps)],
        data: {
          labels: data.labels,
          datasets: [
            { data: own.map((value, place) => [official[place], value]), backgroundColor: tone("line-2"), barThickness: 3, order: 3 },
            { type: "scatter", label: data.words.own, data: point(own), pointRadius: 5, pointHoverRadius: 6, pointBackgroundColor: tone("surface"), pointBorderColor: tone("ink-2"), pointBorderWidth: 2, order: 1 },
            { type: "scatter", label: data.words.official, data: point(official), pointRadius: 5, pointHoverRadius: 6, pointBackgroundColor: tone("mark"), pointBorderColor: tone("mark"), order: 2 },
          ],
        },
        options: options({
          indexAxis: "y",
          scales: axes({
            x: { beginAtZero: false, suggestedMin: Math.min(...every) - room / 3, suggestedMax: Math.max(...every) + room },
            y: { type: "category", labels: data.labels, grid: { display: false }, border: { display: false }, ticks: { autoSkip: false, color: (tick) => tone(data.mine[tick.index] ? "red-ink" : "ink"), font: (tick) => ({ family: tone("font"), weight: data.mine[tick.index] ? "600" : "400" }) } },
          }),
        }),
      };
    },

    groups(data) {
      const colours = series();
      return {
        type: "bar",
        data: {
          labels: data.labels,
          datasets: data.series.map((row, place) => ({ label: row.label, data: row.points.map(read), backgroundColor: colours[place % colours.length], maxBarThickness: 34 })),
        },
        options: options({ plugins: legend(), scales: axes({ x: { stacked: true, grid: { display: false } }, y: { stacked: true } }) }),
      };
    },

    ranges(data) {
      const point = (values) => values.map((value, place) => ({ x: data.labels[place], y: read(value) }));
      return {
        type: "bar",
        data: {
          labels: data.labels,
          datasets: [
            { label: data.words.range, data: data.least.map((value, place) => [read(value), read(data.most[place])]), backgroundColor: tone("line-2"), maxBarThickness: 18, order: 3 },
            { type: "scatter", label: data.words.median, data: point(data.median), pointStyle: "line", pointRadius: 11, pointBorderWidth: 2, pointBorderColor: tone("ink-2"), order: 2 },
            { type: "scatter", label: data.words.own, data: point(data.own), pointRadius: 5, pointBackgroundColor: tone("mark"), pointBorderColor: tone("mark"), order: 1 },
          ],
        },
        options: options({ plugins: legend(), scales: axes({ x: { type: "category", labels: data.labels, grid: { display: false } }, y: { ticks: { color: tone("ink-2"), callback: (value) => `${value} %` } } }) }),
      };
    },

    years(data) {
      const colours = series();
      return {
        type: "line",
        data: {
          labels: data.labels,
          datasets: data.series.map((row, place) => ({ label: row.label, data: row.ranks, borderColor: colours[place % colours.length], backgroundColor: colours[place % colours.length], borderWidth: 2, pointRadius: 4, spanGaps: true })),
        },
        options: options({ plugins: legend(), scales: axes({ x: { grid: { display: false } }, y: { reverse: true, min: 1, ticks: { color: tone("ink-2"), stepSize: 1, precision: 0 }, title: { display: true, text: data.words.rank, color: tone("ink-2") } } }) }),
      };
    },

    trend(data) {
      const number = (value) => (value === null ? null : Number(value));
      const dot = { showLine: false, pointRadius: 5, pointHoverRadius: 6, pointBorderWidth: 2, pointBorderColor: tone("mark"), pointBackgroundColor: tone("surface"), order: 1 };
      const rows = [
        { type: "bar", label: data.words.plan, data: data.plan.map(number), backgroundColor: tone("line-2"), maxBarThickness: 30, order: 3 },
        { label: data.words.whole, data: data.whole.map(number), borderColor: tone("mark"), backgroundColor: tone("mark"), borderWidth: 2, pointRadius: 4, spanGaps: false, order: 2 },
        { ...dot, label: data.words.half, data: data.half.map(number) },
      ];
      return {
        type: "line",
        data: { labels: data.labels, datasets: rows.filter((row) => row.data.some((value) => value !== null)) },
        options: options({ plugins: legend(), scales: axes({ x: { offset: true, grid: { display: false } }, y: { beginAtZero: true } }) }),
      };
    },
  };

  // One picture is told by the page itself, several each by their place in a list.
  function told(canvas) {
    return Array.isArray(pictures) ? pictures[Number(canvas.dataset.picture)] : pictures;
  }

  const canvases = [...document.querySelectorAll(".k-chart > canvas")];
  const draw = () => canvases.map((canvas) => new window.Chart(canvas, drawn[told(canvas).kind](told(canvas))));
  let charts = draw();

  // Light and dark have their own colours, which a canvas does not take from the style sheet by itself.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    charts.forEach((chart) => chart.destroy());
    charts = draw();
  });
})();
