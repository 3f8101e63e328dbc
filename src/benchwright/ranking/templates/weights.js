"use strict";
const data = JSON.parse(document.getElementById("slice-data").textContent);
const sliders = document.getElementById("sliders");
const list = document.getElementById("weighted");
const weights = data.map((slice) => slice.weight);

function show() {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ratings = new Map();
  data.forEach((slice, at) => {
    for (const [model, rating] of slice.ratings) {
      ratings.set(model, (ratings.get(model) || 0) + (total ? (weights[at] / total) * rating : 0));
    }
  });
  list.replaceChildren(
    ...[...ratings].sort((one, two) => two[1] - one[1] || one[0].localeCompare(two[0])).slice(0, 15).map(([model, rating]) => {
      const item = document.createElement("li");
      item.textContent = total ? `${model} (${Math.round(rating)})` : model;
      return item;
    }),
  );
}

data.forEach((slice, at) => {
  const label = document.createElement("label");
  const name = document.createElement("span");
  const input = document.createElement("input");
  const value = document.createElement("output");
  name.textContent = slice.value;
  Object.assign(input, { type: "range", min: 0, max: 100, value: Math.round(100 * slice.weight) });
  value.textContent = input.value;
  input.addEventListener("input", () => {
    weights[at] = input.value / 100;
    value.textContent = input.value;
    show();
  });
  label.append(name, input, value);
  sliders.append(label);
});
show();
