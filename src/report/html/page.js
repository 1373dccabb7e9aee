// SPDX-License-Identifier: LGPL-3.0-or-later
// The filter box. Everything else on the page works without this.
"use strict";
(function () {
	const box = document.getElementById("filter");
	const found = document.getElementById("found");
	const rows = Array.from(document.querySelectorAll(".row"));
	const texts = rows.map((row) => row.textContent.toLowerCase());
	const groups = Array.from(document.querySelectorAll(
		"details:not(.args), section"));
	const open = groups.map((group) => group.open);

	function show(row, wanted) {
		row.hidden = !wanted;
	}

	function filter() {
		const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
		let n = 0;

		rows.forEach((row, i) => {
			const hit = words.every((word) => texts[i].includes(word));
			show(row, hit);
			n += hit;
		});
		groups.forEach((group, i) => {
			const hit = !words.length ||
				group.querySelector(".row:not([hidden])");
			show(group, hit);
			if (group.tagName === "DETAILS")
				group.open = words.length ? Boolean(hit) : open[i];
		});
		found.textContent = words.length ?
			n + " of " + rows.length + " rows" : "";
	}

	box.hidden = false;
	box.addEventListener("input", filter);
	document.addEventListener("keydown", (event) => {
		if (event.key === "/" && document.activeElement !== box) {
			event.preventDefault();
			box.focus();
		} else if (event.key === "Escape" && box.value) {
			box.value = "";
			filter();
		}
	});
})();
