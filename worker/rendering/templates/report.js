"use strict";
(function () {
  const opened = () => {
    const named = location.hash.slice(1) && document.getElementById(location.hash.slice(1));
    if (named && named.tagName === "DETAILS") { named.hidden = false; named.open = true; named.scrollIntoView(); }
  };
  addEventListener("hashchange", opened);
  opened();

  const finder = document.getElementById("finder");
  if (!finder) return;
  finder.hidden = false;
  const all = [...document.querySelectorAll("#all > details")];
  const words = new Map(all.map(each => [each, `${each.dataset.name} ${each.dataset.find}`.toLowerCase()]));
  const search = finder.querySelector("input[type=search]");
  const owner = document.getElementById("owner");
  const order = document.getElementById("order");
  const said = finder.querySelector("output");
  const show = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const standing = finder.querySelector("input[name=standing]:checked").value;
    let count = 0;
    for (const each of all) {
      const fits = (!standing || each.dataset.standing === standing) && (!owner.value || each.dataset.owner === owner.value)
        && wanted.every(word => words.get(each).includes(word));
      each.hidden = !fits;
      count += fits;
    }
    said.textContent = said.dataset.said.replace("%", count);
  };
  const standings = ["told", "unread", "well"];
  const byName = new Intl.Collator(document.documentElement.lang, {numeric: true}).compare;
  const orders = {
    number: () => 0,
    name: (one, other) => byName(one.dataset.name, other.dataset.name),
    owner: (one, other) => byName(one.dataset.owner, other.dataset.owner) || orders.name(one, other),
    standing: (one, other) => standings.indexOf(one.dataset.standing) - standings.indexOf(other.dataset.standing),
  };
  order.addEventListener("change", () => document.getElementById("all").append(...[...all].sort(orders[order.value])));
  finder.addEventListener("input", show);
  finder.addEventListener("submit", event => event.preventDefault());
})();
