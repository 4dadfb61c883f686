"""The one way out: every request to other people's pages is made here.

    making       fetchers from their parts: public_fetcher, loopback_fetcher; networks: what the city's network wants
    fetcher      Probe ─▶ Page: redirects hop by hop (urls), walls not entered
    permitting   terms, recorded decisions, robots ─▶ leave or a reason
    exchanging   one request in turn, in time, in bounds; heeding what the answer says about asking further
    credentials  keys, added at the last moment from the keyring            tokens       fetched in a client's own name
    kept_pages   what a page may be asked by, if it is unchanged
    engine       h11 under httpx's interface, over connections that guarding opens (streams, tunnelling):
                 resolving ─▶ public_addresses
    receiving    bytes within caps      outcomes   why there is no page      limits   seconds, bytes, hops
    diagnosing   what keeps this network from other people's pages

Every failure is a named value of `outcomes.Failure`; nothing here raises past `Fetcher.fetch`.
"""
