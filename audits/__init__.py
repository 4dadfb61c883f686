"""What Kanalkoll decides: values in, values out, and time arrives as `now`.

    register ─▶ Account ─visit─▶ Probe ⇄ Page ─▶ Observation ─judge─▶ Finding ─compare─▶ Drift ─▶ Case ─▶ report, letter

A name with a stroke is a folder, whose own first lines say what is in it.

the nouns
    model/             all of the above, frozen
    days               days are the city's
    clocks             whether this machine's clock can be right
    languages          in which people are told things
    refusal            what cannot be done as it was asked, by one name

the register, and addresses
    addresses/         any pasted address to platform, kind and key
    columns            which column of a table means what
    column_meanings    what it may mean, and the words that head it
    columns_by_content what it can be nothing else than, by what stands in it
    register_cells     what one cell means
    register_rows      the rows of a table to accounts
    register_parting   the accounts in one cell
    register_lines     what comes of them: accounts as stated, and what was not taken
    register_places    what a file says of administrations and units
    register_refusals  why an address leads to no account
    register_claims    which accounts refused rows are about
    register_doubles   one account on several rows
    register_states    what a column of states says
    register_ended     sheets and headings of closed accounts
    register_asked     what is asked about one account by its own words
    register_names     administrations that are spelt almost alike
    registering        a row of the register, and a change of one
    register_plan      what an import would change
    register_put_back  what an older copy of the register would undo
    exporting          the register as a table that can be read back
    recipients         who is told
    reorganising       administrations that merge, split and change names

a look
    visiting           plays visits and answers their probes
    platform           what a platform declares
    absences           whether an absence is told of the account that was asked about
    platforms/         one file or folder a platform
    asking             ways to ask about an account
    replies            what came back, by its kind
    reading/           HTML, JSON, feeds, ids, markers
    observing          from what the pages said to one Observation
    pinning            which of the ids that looks show an account is known by
    controls           accounts by which a route is trusted
    reached            whether a run reached anybody
    reach              what is open today, and what would open more

what is concluded
    sights             what checks may look at
    postings           what posts show of themselves
    pictures           profile pictures compared
    rulebook           a rule, and how it is held against what was seen
    rules/             the checks that need code
    exempting          exemptions that meet no account
    rehearsing         what other rules would say of the same looks
    accuracy           how right the readers are

what becomes of it
    drift              what changed against what was held true
    health             whether the platform changed, and not the city
    holding            changes that were held, and a person's word on them
    cases              what people and later looks make of a drift
    deciding           what a person is handed after a decision
    discretion         a hint that health belongs in no reason
    resting            planned silence
    closing            closing an account, step by step
    attesting          what only people can tell
    stating            a pasted link as somebody's statement
    history            what became of one account over the nights
    news               what one night changed

what the register does not know
    harvesting/        which channels a page names
    discovering/       the walk over the city's own sites
    freed              linked addresses that were freed or taken over
    listing/           the public list
    reconciling/       the register held against list, sites and Wikidata
    lookalikes/        accounts that could be taken for the city's
    triage/            what becomes of a channel that waits for a decision

what is told
    reporting/         the report
    digest/            the letters
    wording/           the words people read
"""
