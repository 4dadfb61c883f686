"""Is everything in place? Each question has an answer and, where it is not well, a remedy.

examining      every question in turn, and those that need no file of their own
answer         what a question gets

clock          this machine's, by the dates in servers' answers
controls       which of them read wrong in the latest run
held_changes   what waits for a person's word
keys           which are held, half given or unknown, what they have used up, which end soon
mail           asked of the server itself, and by a test letter
network        what stands between this machine and other people's pages
rules          whether they can be used, and whom their exemptions name
settings       each that is set, held against its form
"""
