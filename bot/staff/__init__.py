"""Who works at the desk: their accounts, what each role may do, how they come in and how every way in ends.

Start at ``accounts`` (who there is) and ``roles`` (the one table of what each may do). ``ways_in``, ``second_factor``,
``identities`` and ``sessions`` are the doors; ``management`` is what an administrator does with accounts.
"""
