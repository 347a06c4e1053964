"""What people's behaviour and an entry's state say of it: it moves hits a little, within the head.

The worker counts (`collecting`), each process remembers the counts (`observed`), a search weighs
them (`weighing`) and reorders (`ordering`). May use what `search.lookup` may.
"""
