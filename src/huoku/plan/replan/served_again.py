"""The first pass after a change: in the order in which the claims were served before, what is new behind it.

So nobody who was promised a day loses it to somebody of the same rank who came later. Where a claim that is new,
or wants something else, would have to wait, it is also tried in its own place by due day; the order that loses less
stands, a promise that moves to a later day counted as ``change_rate`` of its value.
"""

FEW_CLAIMS = 500
"""In a rank of so few claims the orders that a plan made anew would try are tried too: it takes no time."""
