"""What is declared: rules, markers, permissions and settings, and the one reader of them.

settings       settings, mail   what a deployment may set       stated     complaints about it in our own words
               listed           lists in a variable
               language         known before all else           safe       where the values of keys are
declarations   rules            rules.toml: its routines, windows, questions (routines, windows, own_words)
               permissions      what may be asked, how often    keys       how keys are carried
               controls         accounts known to be well       markers    signs of walls and of absence
               discover         where the walk goes             exclusions what is no account of the publisher's
               public_list      how the list is laid out        wikidata   which items speak of the city
               lookalikes       where may be searched           towns      whose names are no copies
               confusables      Unicode's look-alike letters    accuracy   recorded figures of the readers
reading them   toml, declaring  a TOML text that knows its lines           files      files that people name
               unusable         the one name for what cannot be used       answers    what `init` is answered, as files
"""
