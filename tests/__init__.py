"""The tests: mostly a folder for each package of the product, and here what several of them share.

whole lives  sequences/ (histories of a made city) · accuracy/ (pages damaged in every way: no reader tells a falsehood)
made up      builders (a valid value of each kind; a test changes one thing) · reported (a report) · judged (a finding)
small        fakes (a platform of three pages, an asker over a dict, a clock set by hand)
real         servers/ (Redis, PostgreSQL, SMTP) · browser/ · empty (a migrated database) · desk (a folder for commands)
recorded     corpus (responses of real platforms) · pages/ (made pages) · golden/ (letters, word for word)
addresses    address_samples (what a pasted text must be told to be) · addresses_table (invented accounts, each trap)
sooner       once (made once for all workers of a run) · forkserver (commands without the start of an interpreter)
the project  source_rules (house rules held over the source) · docs_shown (commands that the docs show) · pumping (every
             regular expression) · repetitions (how one is built)
measured     quickness (bars on seconds that hold on any machine) · address_scores, harvest_scores (run as modules) ·
             memory · figures (told at the end) · left_out (likewise)

No test file is imported by another: what two of them need lies beside them, in a module that is no test.
"""
