"""The pages behind the buttons of letters: GET shows, POST acts, and no script is needed.

    request ─guarding▶ host, size, origin ─▶ route ─opened▶ link of one purpose ─▶ page
                                                                 └─POST─▶ step ─▶ where its outcome is shown

app        the application and what surrounds every answer       asking   forms, read and told apart
answering  I will fix, explain, not ours, take back              looking  evidence, check again
saying     confirm, report, pause                                about    who asks, why, and how to object
attesting  a round of questions on one page                owning   whose a found channel is
"""
