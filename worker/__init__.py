"""The edge: network, storage, clock, mail and queue around what `audits` decides.

    cli, console, tasks ─▶ wiring ─▶ steps ─▶ ports ◀─ storage · fetching · sending

A name with a stroke is a folder, whose own first lines say what is in it.

the use cases, and what they need
    steps/             the use cases, written against ports
    ports/             what the steps need of the world
    wiring/            settings to real adapters
    storage/           the database
    fetching/          the one way out
    sending/           mail, and a second channel
    importing/         a register's file to a plan of changes
    rendering/         report and letters as files

programs
    cli/               the command `kanalkoll`
    app                the Celery application
    tasks              its tasks
    embedded           the same steps in one process, without a server
    schedule           which nights and weeks are due
    logs               how records are written
    locking            who writes into a folder, one after another; who holds a file
    replacing          files that people name, whole or as they were

asking
    pacing             one pace a host, for one process
    shared_pacing      the same for all processes, in Redis
    keeping            what pages may be asked by, kept in the database
    walking            the same for a walk, written with what was read
    metering           how much the keys have used up
    controlling        the controls of a run, looked at
    replay             recorded responses instead of the network
    unpacking          a stored body, as far as it can be unpacked

reading what is given
    inspecting         one recorded response
    harvesting         one official page
    measuring          a folder of labelled responses
    depicting          a picture from a stranger
    stating            a pasted link

telling
    gathering          what the store holds of each account, for a report
    reporting          the report as values and as files
    exporting          the register as a file
    publishing         the public list in every form
    previewing         letters as files
    reaching           how far this deployment can look

is everything in place
    doctor/            every question of `kanalkoll doctor`
    checking           the register held against itself

the demo
    demonstration/     the invented city, its nights and its people
"""
