"""The one way out: every request to other people's pages is made here.

    making       fetchers from their parts: public_fetcher, loopback_fetcher
    fetcher      Probe ─▶ Page: redirects hop by hop, walls not entered
    permitting   terms, recorded decisions, robots ─▶ leave or a reason
    exchanging   one request in turn, in time, in bounds; heeding what the answer says about asking further
    engine       httpx's transport over httpcore ─▶ guarding ─▶ resolving ─▶ public_addresses
    receiving    bytes within caps      outcomes   why there is no page      limits   seconds, bytes, hops

Every failure is a named value of `outcomes.Failure`; nothing here raises past `Fetcher.fetch`.
"""
