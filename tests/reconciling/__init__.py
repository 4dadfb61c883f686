"""The register held against the public list, the sites and Wikidata; and a list followed over time."""
